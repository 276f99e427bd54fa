import { parseBeijingTime } from '@dashang/shared/signing/beijing-time'
import { Refusal } from '../pay-v2/errors.ts'
import type { Platform } from '../platform.ts'
import { paymentRow, refundRow, type BillRow } from './row.ts'

const HOUR_MS = 60 * 60 * 1000
const DAY_MS = 24 * HOUR_MS
/** Three months, the long ones. */
const MAX_AGE_MS = 92 * DAY_MS
const MADE_AT_HOUR = 9

export interface BillDay {
  readonly startsAt: Date
  readonly endsAt: Date
  /** 9:00 of the next morning. */
  readonly madeAt: Date
}

/** The day of Beijing that `bill_date` means, if there is a bill of it. */
export function billDayOf(billDate: string, now: Date): BillDay {
  const startsAt = parseBeijingTime(`${billDate}000000`)
  if (startsAt === null) throw new Refusal('INVALID_BILL_DATE', 'bill_date is no day as yyyyMMdd')
  const endsAt = new Date(startsAt.getTime() + DAY_MS)
  const madeAt = new Date(endsAt.getTime() + MADE_AT_HOUR * HOUR_MS)
  if (endsAt > now) throw new Refusal('INVALID_BILL_DATE', 'this day is not over')
  if (now.getTime() - startsAt.getTime() > MAX_AGE_MS) {
    throw new Refusal('INVALID_BILL_DATE', 'this day is more than three months ago')
  }
  if (madeAt > now) throw new Refusal('BILL_CREATING', 'a bill is made at 9:00 of the next day')
  return { startsAt, endsAt, madeAt }
}

/** What was paid, and what was asked back, on this day, by time. */
export function* rowsOf(platform: Platform, day: BillDay): Generator<BillRow> {
  const refunds = refundsOf(platform, day)
  let refund = refunds.next()
  for (const payment of paymentsOf(platform, day)) {
    for (; !refund.done && refund.value.at < payment.at; refund = refunds.next()) {
      yield refund.value
    }
    yield payment
  }
  for (; !refund.done; refund = refunds.next()) yield refund.value
}

function* paymentsOf({ transactions }: Platform, day: BillDay): Generator<BillRow> {
  for (const transaction of transactions.values()) {
    if (isOn(day, transaction.paidAt)) yield paymentRow(transaction)
  }
}

function* refundsOf({ refunds }: Platform, day: BillDay): Generator<BillRow> {
  for (const refund of refunds.values()) {
    if (isOn(day, refund.createdAt)) yield refundRow(refund, day.madeAt)
  }
}

const isOn = ({ startsAt, endsAt }: BillDay, at: Date) => startsAt <= at && at < endsAt
