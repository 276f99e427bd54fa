import type { Channel } from '../src/conformance/check.ts'
import type { MerchantCalls } from '../src/conformance/merchant.ts'
import { CHECKS, runChecks, type Report } from '../src/conformance/run.ts'
import type { KeyMode } from '../src/pay-v3/key-settings.ts'
import { startSimulator, type Simulator } from '../src/simulator.ts'
import { ACCOUNT } from './account.ts'
import type { Flaw } from './somebodys-flaws.ts'
import { OPERATOR, startSomebodysServer } from './somebodys-server.ts'
import { speakV2 } from './somebodys-v2.ts'
import { speakV3 } from './somebodys-v3.ts'

/** How the server of the tests is driven. */
export function callsTo(url: string): MerchantCalls {
  const get = { method: 'GET', url: `${url}/orders/{orderId}`, headers: {}, body: null }
  return {
    login: null,
    prepay: {
      method: 'POST',
      url: `${url}/orders`,
      headers: {},
      body: '{"orderId":"{orderId}","openid":"{openid}","fen":"{amount}"}',
    },
    paymentPath: null,
    order: get,
    paidWhen: null,
    confirm: { ...get, method: 'POST', url: `${url}/confirm/{orderId}` },
    refund: {
      call: {
        method: 'POST',
        url: `${url}/refunds`,
        headers: { authorization: OPERATOR },
        body: '{"orderId":"{orderId}","refundId":"{refundId}","fen":"{amount}"}',
      },
      state: { ...get, url: `${url}/refunds/{refundId}` },
      refundedWhen: null,
    },
    bill: {
      call: { ...get, method: 'POST', url: `${url}/bills`, body: '{"day":"{day}"}' },
      agreesWhen: null,
    },
  }
}

const DIALECTS = { v2: speakV2, v3: speakV3 } as const

export interface Run {
  readonly channel: Channel
  readonly flaws?: readonly Flaw[]
  readonly only?: readonly string[]
  readonly closesAtOnce?: boolean
  readonly patienceMs?: number
  readonly canRefund?: boolean
  /** What the merchant's console has. */
  readonly refundNotifyUrl?: string
  readonly keyMode?: KeyMode
  /** Who wants to look at the platform as well. */
  readonly onStart?: (simulator: Simulator) => void
}

/** Takes a server with these flaws through the checks. */
export async function check(run: Run): Promise<Report> {
  const {
    channel,
    flaws = [],
    only,
    closesAtOnce = false,
    patienceMs = 20_000,
    canRefund = true,
    refundNotifyUrl = null,
    keyMode = 'migration',
  } = run
  const simulator = await startSimulator({ account: ACCOUNT, keyMode, refundNotifyUrl })
  run.onStart?.(simulator)
  const dialect = DIALECTS[channel](simulator, flaws)
  const merchant = await startSomebodysServer({ dialect, flaws, closesAtOnce })
  const calls = callsTo(merchant.url)
  try {
    return await runChecks({
      simulator,
      calls: { ...calls, ...(!canRefund && { refund: null }) },
      amountFen: 101,
      notifyUrl: null,
      patienceMs,
      ...(only && { only }),
    })
  } finally {
    await merchant.close()
    await simulator.close()
  }
}

export const idsOf = ({ results }: Report, wanted: string) =>
  results
    .filter(({ outcome }) => outcome === wanted)
    .map(({ id }) => id)
    .sort()

/** The checks of a channel. */
export const checksOf = (channel: Channel) =>
  Object.entries(CHECKS)
    .filter(([, check]) => [undefined, channel].includes(check.channel))
    .map(([id]) => id)
