import type { Payment } from '@dashang/shared/contracts/payment'
import type { CashierOutcome } from '../flow/tip'
import { LANGUAGES } from '../words/words'
import { outcomeOf } from './cashier-outcome'
import { readLanguage } from './preferences'
import { simulatedUser } from './simulated-user.h5'
import { askSimulator } from './simulator.h5'

interface Opened {
  readonly cashierPath?: string
  readonly errMsg?: string
  readonly hint?: string
}

/** The simulator checks the parameters as a phone does, and its cashier opens over the page. */
export async function openCashier(payment: Payment): Promise<CashierOutcome> {
  const { openid } = await askSimulator<{ openid: string }>('/_sim/codes', {
    user: simulatedUser(),
  })
  const request = { openid, ...payment }
  const { cashierPath, errMsg, hint } = await askSimulator<Opened>('/_sim/request-payment', request)
  if (cashierPath !== undefined) return outcomeOf(await showCashier(cashierPath))
  console.warn(`${errMsg ?? ''} (${hint ?? ''})`)
  return outcomeOf(errMsg ?? null)
}

/** `null` where nobody says what became of it: the person has gone back instead, and the page below with them. */
function showCashier(path: string): Promise<string | null> {
  const frame = document.createElement('iframe')
  frame.src = path
  frame.title = LANGUAGES[readLanguage()].tip.cashier
  frame.style.cssText = 'position:fixed;inset:0;width:100%;height:100%;border:0;z-index:1000'
  document.body.append(frame)
  return new Promise((resolve) => {
    const close = (errMsg: string | null) => {
      window.removeEventListener('message', listen)
      window.removeEventListener('popstate', leave)
      frame.remove()
      resolve(errMsg)
    }
    const listen = ({ source, data }: MessageEvent<unknown>) => {
      if (source === frame.contentWindow) close((data as { errMsg: string | null }).errMsg)
    }
    const leave = () => {
      close(null)
    }
    window.addEventListener('message', listen)
    window.addEventListener('popstate', leave)
  })
}
