import { beijingDayBefore, type BeijingDay } from '@dashang/shared/signing/beijing-time'
import type { FaultRule } from '../fault-rule.ts'
import { pay } from './deliver.ts'
import { callMerchant, MerchantError, type BillCalls } from './merchant.ts'
import { expectGenuine } from './observe.ts'
import { Failed, Skipped } from './outcome.ts'
import { enter, placeOrder } from './place.ts'
import { agreesAnswer } from './reading.ts'
import type { Stage } from './stage.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const BILL_APIS = ['downloadbill', 'v3_bill']
const SHOWN = 160

export function billCallsOf({ calls }: Stage): BillCalls {
  if (calls.bill === null) throw new Skipped('no --bill-url was given')
  return calls.bill
}

/** A day of this check alone, whose bill WeChat has made for sure: the day before yesterday, or earlier. */
export function freshDay(stage: Stage): BeijingDay {
  billCallsOf(stage)
  stage.seen.billDays += 1
  const now = stage.simulator.clock.now()
  return beijingDayBefore(new Date(now.getTime() - stage.seen.billDays * DAY_MS))
}

/** Somebody pays an order at noon of this day, and the server hears of it now. */
export async function payOn(stage: Stage, day: BeijingDay): Promise<void> {
  const order = await placeOrder(stage)
  const notification = pay(stage, order)
  const noon = { paidAt: new Date(day.from.getTime() + DAY_MS / 2) }
  Object.assign(notification.transaction, noon)
  Object.assign(order.order, noon)
  await expectGenuine(stage, order, notification)
}

/** What a server came to, and whether it asked WeChat on the way. */
export interface Comparison {
  readonly agrees: boolean
  readonly answer: string
  readonly isError: boolean
  readonly hasAsked: boolean
}

/** Lets the server compare its books with the bill of a day. */
export async function compareBooks(stage: Stage, { name }: BeijingDay): Promise<Comparison> {
  const { call, agreesWhen } = billCallsOf(stage)
  const { calls } = stage.simulator.platform
  const known = new Set(calls)
  const values = { names: { ...(await enter(stage)), day: name }, answer: null }
  const hasAsked = () => calls.some((one) => !known.has(one) && BILL_APIS.includes(one.api))
  try {
    const answer = await callMerchant(call, values)
    const agrees = agreesAnswer(answer, agreesWhen)
    const shown = JSON.stringify(answer).slice(0, SHOWN)
    return { agrees, answer: shown, isError: false, hasAsked: hasAsked() }
  } catch (error) {
    if (!(error instanceof MerchantError)) throw error
    return { agrees: false, answer: error.message, isError: true, hasAsked: hasAsked() }
  }
}

/** Fails when the server finds its books right, or never looked at the bill. */
export async function expectDifference(stage: Stage, day: BeijingDay): Promise<string> {
  const { agrees, answer, hasAsked } = await compareBooks(stage, day)
  if (!hasAsked) throw new Failed(`the server asked WeChat for no bill, and answered ${answer}`)
  if (agrees) throw new Failed(`it found that its books agree: ${answer}`)
  return `it does not agree: ${answer}`
}

/** While something is wrong at WeChat. */
export async function withFaults<Result>(
  { simulator }: Stage,
  rules: readonly FaultRule[],
  work: () => Promise<Result>,
): Promise<Result> {
  const { faults } = simulator
  const ids = rules.map((rule) => faults.add(rule))
  try {
    return await work()
  } finally {
    for (const id of ids) faults.remove(id)
  }
}
