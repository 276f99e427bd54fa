import type { Channel, Check, CheckTable } from './check.ts'
import { Failed, Skipped } from './outcome.ts'
import { BILL_CHECKS } from './checks/bills.ts'
import { EXTERNAL_ENTITY_CHECKS } from './checks/external-entity.ts'
import { FORGERY_CHECKS, NOTICE_FORGERY_CHECKS } from './checks/forgeries.ts'
import { HONEST_CHECKS, LAST_CHECKS } from './checks/honest.ts'
import { KEY_CHECKS } from './checks/keys.ts'
import { LIE_CHECKS } from './checks/lies.ts'
import { ORDER_CHECKS } from './checks/orders.ts'
import { RECOVERY_CHECKS } from './checks/recovery.ts'
import { REFUND_CHECKS } from './checks/refunds.ts'
import { REFUND_NOTICE_CHECKS } from './checks/refund-notices.ts'
import { MerchantError } from './merchant.ts'
import { placeOrder } from './place.ts'
import type { Stage } from './stage.ts'
import { TemplateError } from './template.ts'

/** Every check there is, in the order of the card. */
export const CHECKS: CheckTable = {
  ...ORDER_CHECKS,
  ...HONEST_CHECKS,
  ...FORGERY_CHECKS,
  ...EXTERNAL_ENTITY_CHECKS,
  ...LIE_CHECKS,
  ...RECOVERY_CHECKS,
  ...REFUND_CHECKS,
  ...REFUND_NOTICE_CHECKS,
  ...NOTICE_FORGERY_CHECKS,
  ...BILL_CHECKS,
  ...KEY_CHECKS,
  ...LAST_CHECKS,
}

export interface Result {
  readonly id: string
  readonly outcome: 'passed' | 'failed' | 'skipped'
  /** What was seen, or why nothing could be. */
  readonly detail: string
  readonly tookMs: number
}

export interface Report {
  /** `null` when no order could be placed. */
  readonly channel: Channel | null
  readonly results: readonly Result[]
}

export interface RunOptions extends Omit<Stage, 'seen'> {
  /** The checks to run; all without it. */
  readonly only?: readonly string[]
  readonly onResult?: (result: Result) => void
}

/** Takes a server through all checks of the channel that it places its orders by. */
export async function runChecks({
  only = Object.keys(CHECKS),
  onResult = () => undefined,
  ...options
}: RunOptions): Promise<Report> {
  const stage: Stage = { ...options, seen: { slowestMs: 0, deliveries: 0, billDays: 0 } }
  // What a check sends it sends itself, and settles itself; the platform would come in between.
  const { faults } = stage.simulator
  faults.add({ on: 'notification', fault: 'drop' })
  faults.add({ on: 'refund_notification', fault: 'drop' })
  faults.add({ on: 'refund_settlement', fault: 'hold' })
  const channel = await channelOf(stage)
  if (typeof channel === 'object') {
    const results = [channel, ...notReached(only)]
    for (const result of results) onResult(result)
    return { channel: null, results }
  }
  const entries = Object.entries(CHECKS).filter(
    ([id, check]) => only.includes(id) && [undefined, channel].includes(check.channel),
  )
  const report = async (entry: Entry) => {
    const result = await judge(stage, entry)
    onResult(result)
    return result
  }
  const waiting = Promise.all(entries.filter(isSlow).map(report))
  const results: Result[] = []
  for (const entry of entries.filter((one) => !isSlow(one) && !isLast(one))) {
    results.push(await report(entry))
  }
  results.push(...(await waiting))
  for (const entry of entries.filter(isLast)) results.push(await report(entry))
  return { channel, results }
}

type Entry = [id: string, check: Check]

const isSlow = ([, check]: Entry) => check.isSlow === true
const isLast = ([, check]: Entry) => check.isLast === true

/** How the server speaks to WeChat shows in the first order. */
async function channelOf(stage: Stage): Promise<Channel | Result> {
  const startedAt = performance.now()
  try {
    const { payment } = await placeOrder(stage)
    return payment.signType === 'RSA' ? 'v3' : 'v2'
  } catch (error) {
    if (!isFinding(error)) throw error
    const tookMs = Math.round(performance.now() - startedAt)
    return { id: FIRST, outcome: 'failed', detail: error.message, tookMs }
  }
}

/** The check that all others stand upon, and that is told of even if nobody asked for it. */
const FIRST = 'order_placed' satisfies keyof typeof ORDER_CHECKS

const notReached = (ids: readonly string[]): Result[] =>
  ids
    .filter((id) => id !== FIRST)
    .map((id) => ({
      id,
      outcome: 'skipped',
      detail: 'not reached: no order was placed',
      tookMs: 0,
    }))

const isFinding = (error: unknown): error is Error =>
  [Failed, MerchantError, TemplateError].some((kind) => error instanceof kind)

async function judge(stage: Stage, [id, check]: Entry): Promise<Result> {
  const startedAt = performance.now()
  const tookMs = () => Math.round(performance.now() - startedAt)
  try {
    return { id, outcome: 'passed', detail: await check.run(stage), tookMs: tookMs() }
  } catch (error) {
    if (error instanceof Skipped) {
      return { id, outcome: 'skipped', detail: error.message, tookMs: tookMs() }
    }
    if (!isFinding(error)) throw error
    return { id, outcome: 'failed', detail: error.message, tookMs: tookMs() }
  }
}
