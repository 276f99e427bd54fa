import type { Payment } from '@dashang/shared/contracts/payment'
import type { CashierOutcome } from '../flow/tip'
import { outcomeOf } from './cashier-outcome'
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

function showCashier(path: string): Promise<string | null> {
  const frame = document.createElement('iframe')
  frame.src = path
  frame.title = '微信支付'
  frame.style.cssText = 'position:fixed;inset:0;width:100%;height:100%;border:0;z-index:1000'
  document.body.append(frame)
  return new Promise((resolve) => {
    window.addEventListener('message', function listen({ source, data }: MessageEvent<unknown>) {
      if (source !== frame.contentWindow) return
      window.removeEventListener('message', listen)
      frame.remove()
      resolve((data as { errMsg: string | null }).errMsg)
    })
  })
}
