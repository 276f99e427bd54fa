import { randomBytes } from 'node:crypto'
import { Failed } from './outcome.ts'
import { callMerchant } from './merchant.ts'
import { paymentIn, tokenIn } from './reading.ts'
import type { Stage, StagedOrder } from './stage.ts'
import type { Values } from './template.ts'

/** A new user logs in and places an order. */
export async function placeOrder(stage: Stage): Promise<StagedOrder> {
  const names = await enter(stage)
  return placeAs(stage, names.openid, names)
}

/** A new user logs in, where the server has a login; what can be said in the calls that follow. */
export async function enter(stage: Stage) {
  const { code, openid } = stage.simulator.login(`conformance-${randomBytes(6).toString('hex')}`)
  const names = {
    code,
    openid,
    orderId: randomBytes(16).toString('hex'),
    ...amountNames(stage.amountFen),
  }
  const { login } = stage.calls
  if (login === null) return names
  const answer = await callMerchant(login.call, { names, answer: null })
  return { ...names, token: tokenIn(answer, login.tokenPath) }
}

/** The same request of the same user once more. */
export function placeAgain(stage: Stage, { openid, values }: StagedOrder): Promise<StagedOrder> {
  return placeAs(stage, openid, values.names)
}

async function placeAs(
  { calls, simulator }: Stage,
  openid: string,
  names: Values['names'],
): Promise<StagedOrder> {
  const answer = await callMerchant(calls.prepay, { names, answer: null })
  const payment = paymentIn(answer, calls.paymentPath)
  const prepayId = simulator.platform.prepayIds.get(payment.package.replace('prepay_id=', ''))
  const order = simulator.order(prepayId?.outTradeNo ?? '')
  if (order === undefined) {
    throw new Failed(`package is «${payment.package}», which the simulator gave to nobody`)
  }
  const values = { names: { ...names, outTradeNo: order.outTradeNo }, answer }
  return { openid, values, payment, order }
}

/** An amount in both ways to write it. */
export const amountNames = (amountFen: number) => ({
  amount: String(amountFen),
  yuan: yuanOf(amountFen),
})

function yuanOf(amountFen: number): string {
  const digits = String(amountFen).padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}
