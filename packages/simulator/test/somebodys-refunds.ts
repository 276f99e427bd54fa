import { setTimeout as pause } from 'node:timers/promises'
import { ACCOUNT } from './account.ts'
import { HangUp, type Dialect, type ToldRefund } from './somebodys-dialect.ts'
import type { Flaw } from './somebodys-flaws.ts'

interface Known {
  readonly outRefundNo: string
  readonly outTradeNo: string
  readonly amount: string
  state: 'processing' | 'refunded' | 'failed'
}

interface Asked {
  readonly orderId: string
  readonly refundId: string
  readonly fen: string
}

interface PaidOrder {
  readonly outTradeNo: string
  readonly amount: string
}

/** What somebody's server knows of refunds, right but for the flaws. */
export function createRefunds(dialect: Dialect, flaws: readonly Flaw[]) {
  const has = (flaw: Flaw) => flaws.includes(flaw)
  const refunds = new Map<string, Known>()

  /** False where nothing is left of the order. */
  function mayRefund(order: PaidOrder, fen: string): boolean {
    const ofOrder = [...refunds.values()].filter((one) => one.outTradeNo === order.outTradeNo)
    const taken = ofOrder.reduce((sum, one) => sum + Number(one.amount), 0)
    return has('refunds more than was paid') || taken + Number(fen) <= Number(order.amount)
  }

  async function ask(order: PaidOrder, { refundId, fen }: Asked, notifyUrl: string) {
    const known = refunds.get(refundId)
    const isNew = known === undefined
    if (!isNew && has('says no to a repeated refund')) throw new Error('asked for already')
    if (isNew && !mayRefund(order, fen)) throw new Error('nothing is left')
    const again = has('makes a new refund of a repeat') && !isNew
    const outRefundNo = again ? crypto.randomUUID() : (known?.outRefundNo ?? refundId)
    const { outTradeNo, amount: total } = order
    const amount = has('refunds all whatever was asked for') ? total : fen
    const state = has('calls a refund done when it asked for it') ? 'refunded' : 'processing'
    if (isNew) refunds.set(refundId, { outRefundNo, outTradeNo, amount, state })
    const asked = has('takes a fen for itself') ? String(Number(amount) - 1) : amount
    const address = has('names no address for refund notices') ? null : notifyUrl
    await dialect.refund({ outTradeNo, outRefundNo, amount: asked, total, notifyUrl: address })
    return { data: { refundId } }
  }

  async function hear(told: ToldRefund): Promise<void> {
    if (has('knows no refund notices')) throw new Error('no such address')
    await pause(5)
    const refund = [...refunds.values()].find((one) => one.outRefundNo === told.outRefundNo)
    if (refund === undefined && has('drops what it does not know')) throw new HangUp()
    if (refund?.state === 'refunded' && has('refuses copies')) throw new Error('a copy')
    const fits =
      (has('takes any amount') || told.amount === refund?.amount) &&
      (has('takes any merchant') || told.mchid === ACCOUNT.mchid)
    if (refund === undefined || !fits) return
    const isRefunded = told.isRefunded || has('takes any result')
    refund.state = isRefunded ? 'refunded' : 'failed'
  }

  async function askWeChat(): Promise<void> {
    if (has('never asks about refunds')) return
    for (const refund of refunds.values()) {
      if (refund.state !== 'processing') continue
      if (await dialect.isRefunded(refund.outRefundNo)) refund.state = 'refunded'
    }
  }

  return { ask, hear, askWeChat, stateOf: (refundId: string) => refunds.get(refundId)?.state }
}
