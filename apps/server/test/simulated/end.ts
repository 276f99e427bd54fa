import type { Simulator } from '@dashang/simulator'
import type { Database } from '../../src/db/database.ts'
import type { Stage } from './play.ts'
import type { PlayedTip } from './steps.ts'

/** What the simulator says for an order that nobody placed. */
const STRANGE_ORDER = 'f'.repeat(32)
const HOUR_MS = 60 * 60 * 1000
/** WeChat repeats a notification for a day, and a bill comes on the morning after. */
const HORIZON_HOURS = 36
const BEIJING_OFFSET_HOURS = 8
const BILL_HOUR = 11

/** Lets the world come to rest: no more faults, time for every repeat, every job and every bill. */
export async function comeToRest({ simulator, servers }: Stage): Promise<void> {
  simulator.faults.clear()
  for (const refund of simulator.platform.refunds.values()) {
    const isHeld = refund.status === 'PROCESSING' && refund.settlesAt === null
    if (isHeld) simulator.settleRefund(refund.outRefundNo, 'SUCCESS')
  }
  for (let hour = 0; hour < HORIZON_HOURS; hour += 1) {
    await simulator.clock.advance(HOUR_MS)
    const beijingHour = (simulator.clock.now().getUTCHours() + BEIJING_OFFSET_HOURS) % 24
    if (beijingHour === BILL_HOUR) await servers.send('reconcile_bill')
    await servers.runDueJobs(hour % 2)
  }
}

/** What does not hold at the end, in words; nothing when all does. */
export async function brokenPromises(
  { simulator }: { simulator: Simulator },
  db: Database,
  tips: readonly PlayedTip[],
): Promise<string[]> {
  const broken = await Promise.all(tips.map((tip) => brokenForTip(simulator, db, tip)))
  return [...broken.flat(), ...(await missingCases(simulator, db, tips))]
}

/** What a lie that WeChat signed must have become, by the fault that made it. */
const LIES = {
  wrong_amount: { kind: 'mismatch', field: 'amountFen' },
  wrong_appid: { kind: 'mismatch', field: 'appid' },
  wrong_mchid: { kind: 'mismatch', field: 'mchid' },
  wrong_currency: { kind: 'mismatch', field: 'currency' },
  wrong_payer: { kind: 'mismatch', field: 'openid' },
  unknown_order: { kind: 'unknown_order', field: null },
} as const

const isLie = (fault: string | null): fault is keyof typeof LIES =>
  fault !== null && Object.hasOwn(LIES, fault)

/** A notification that lied and was taken all the same, and no case that names what it lied about. */
async function missingCases(
  { platform }: Simulator,
  db: Database,
  tips: readonly PlayedTip[],
): Promise<string[]> {
  const played = new Set(tips.map(({ orderId }) => orderId))
  const told = platform.notifications.filter(({ kind, outTradeNo }) => {
    return kind === 'payment' && played.has(outTradeNo)
  })
  const missing: string[] = []
  for (const { outTradeNo, attempts } of told) {
    for (const { fault } of attempts.filter(({ isAccepted }) => isAccepted)) {
      if (!isLie(fault)) continue
      const { kind, field } = LIES[fault]
      const orderId = kind === 'unknown_order' ? STRANGE_ORDER : outTradeNo
      const fields = field === null ? {} : { fields: { has: field } }
      const isKept = (await db.case.count({ where: { orderId, kind, ...fields } })) > 0
      if (!isKept) missing.push(`${outTradeNo}: ${fault} was acknowledged without a case`)
    }
  }
  return missing
}

async function brokenForTip(simulator: Simulator, db: Database, tip: PlayedTip): Promise<string[]> {
  const { orderId } = tip
  const order = await db.order.findUnique({
    where: { id: orderId },
    include: { refunds: true, ledger: true },
  })
  const theirs = simulator.order(orderId)
  if (order === null) return theirs ? [`${orderId}: WeChat has an order without a row here`] : []

  const payments = theirs?.transactions ?? []
  const cases = await db.case.findMany({ where: { orderId } })
  const rules: [isKept: boolean, promise: string][] = [
    [
      (order.state === 'paid') === payments.length > 0,
      `is ${order.state} here with ${payments.length} payments at WeChat`,
    ],
    [order.state === 'paid' || order.state === 'closed', `is stuck as ${order.state}`],
    [theirs === undefined || theirs.api === order.channel, 'was placed by another channel'],
    [
      order.ledger.filter(({ kind }) => kind === 'payment').length ===
        (payments.length > 0 ? 1 : 0),
      'has not one ledger payment for its payment',
    ],
    [
      payments.length < 2 || cases.some(({ kind }) => kind === 'second_transaction'),
      'was paid twice without a case',
    ],
    [
      payments.slice(1).length ===
        order.refunds.filter(({ origin }) => origin === 'second_transaction').length,
      'was paid twice, and the second payment has not one refund',
    ],
    ...order.refunds.map((refund): [boolean, string] => {
      const { status = 'never arrived', api = order.channel } = simulator.refund(refund.id) ?? {}
      const isRight = REFUND_STATES[status]?.includes(refund.state) && api === order.channel
      return [isRight ?? false, `has a refund: ${refund.state}, at WeChat ${status} by ${api}`]
    }),
  ]
  return rules.filter(([isKept]) => !isKept).map(([, promise]) => `${orderId}: ${promise}`)
}

/** What a refund may be here, by what it is at WeChat. */
const REFUND_STATES: Readonly<Record<string, readonly string[]>> = {
  SUCCESS: ['succeeded'],
  CHANGE: ['abnormal'],
  REFUNDCLOSE: ['closed'],
  // Refused for good before it began.
  'never arrived': ['closed'],
}
