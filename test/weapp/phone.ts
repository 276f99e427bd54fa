import type { Payment } from '@dashang/shared/contracts/payment'
import { formatYuan } from '@dashang/shared/money'
import type { Outcome } from '@dashang/simulator'
import { expect, vi } from 'vitest'
import type { System } from '../support/system.ts'
import { createMiniProgram, type MiniProgram, type MiniProgramOptions } from './mini-program.ts'
import type { WxCall } from './wx.ts'

export const DIST = new URL('../../apps/miniapp/dist/weapp', import.meta.url).pathname
/** What the build has for the server's address, which each test answers at its own. */
const BUILT_FOR = 'http://127.0.0.1:3000'

/** What becomes of a request on its way. */
export type Network = (request: () => Promise<object>, path: string) => Promise<object>

export interface PhoneOptions extends Partial<Omit<MiniProgramOptions, 'dist' | 'calls'>> {
  /** What happens at the cashier. */
  readonly outcome?: Outcome
  readonly user?: string
  /** Comes between the phone and the server. */
  readonly network?: Network
  /** More of what WeChat can do. */
  readonly calls?: Readonly<Record<string, WxCall>>
}

const undisturbed: Network = (request) => request()

/** A phone with the compiled mini-program on it, and what was seen on it. */
export function createPhone({ simulator, server }: System, options: PhoneOptions = {}) {
  const { outcome = 'pay', user = 'alice', network = undisturbed, ...rest } = options
  const { openid } = simulator.login(user)
  const seen = { cashiers: [] as Record<string, unknown>[], requests: [] as string[] }

  const login: WxCall = () => ({ code: simulator.login(user).code })
  const request: WxCall = ({ url, method, header, data }) => {
    const path = String(url).replace(BUILT_FOR, '')
    seen.requests.push(`${String(method)} ${path}`)
    return network(
      async () => {
        const response = await fetch(`${server.url}${path}`, {
          method: String(method),
          headers: header as Record<string, string>,
          ...(data !== undefined && { body: JSON.stringify(data) }),
        })
        return { statusCode: response.status, header: {}, data: await response.json() }
      },
      `${String(method)} ${path}`,
    )
  }
  const requestPayment: WxCall = async (parameters) => {
    seen.cashiers.push(parameters)
    const opened = simulator.requestPayment({ openid, ...(parameters as unknown as Payment) })
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- WeChat's own shape
    if (opened.kind === 'fail') throw { errMsg: opened.errMsg }
    const { errMsg } = simulator.pay(opened.order.outTradeNo, outcome)
    if (errMsg === null) return new Promise<object>(() => undefined)
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- WeChat's own shape
    if (errMsg !== 'requestPayment:ok') throw { errMsg }
    return {}
  }
  const calls = { login, request, requestPayment, ...options.calls }
  return { phone: createMiniProgram({ dist: DIST, ...rest, calls }), seen }
}

/** Waits until the page says so. */
export const until = (phone: MiniProgram, words: string, timeout = 15_000) =>
  vi.waitFor(
    () => {
      expect(phone.page().text()).toContain(words)
    },
    { timeout },
  )

/** Opens the app and waits for the creator's page. */
export async function launch(phone: MiniProgram, path?: string): Promise<void> {
  await phone.launch(path)
  await until(phone, '选择金额')
}

/** Chooses an amount, and goes to the cashier once the button says it. */
export async function tip(phone: MiniProgram, amountFen: number): Promise<void> {
  phone.page().tap(`amount-${String(amountFen)}`)
  await until(phone, `打赏 ${formatYuan(amountFen)}`)
  expect(phone.page().tap('pay')).toBeGreaterThan(0)
}
