import { h } from '../dom.js'
import { button, copyable } from './action.js'
import { chip, factList, foldable } from './list.js'
import { texts } from './texts.js'
import { timeOf, timeTag } from './time.js'

/** @typedef {import('./state.js').State['refunds'][number]} Refund */

/** @type {Partial<Record<Refund['status'], readonly string[]>>} */
const SETTLEMENTS = {
  PROCESSING: ['SUCCESS', 'CHANGE', 'REFUNDCLOSE'],
  CHANGE: ['SUCCESS', 'REFUNDCLOSE'],
}

/** @param {Refund} refund */
export function refundRow(refund) {
  const { outRefundNo, status, amount, totalAmount } = refund
  const tools = (SETTLEMENTS[status] ?? []).map((outcome) =>
    button({
      id: `${outcome}-${outRefundNo}`,
      text: outcome,
      does: 'settleRefund',
      params: { outRefundNo },
      body: () => ({ outcome }),
    }),
  )
  return h(
    'li',
    {},
    h(
      'div',
      { class: 'line' },
      copyable(outRefundNo, 'name'),
      h('span', { class: 'kind' }, refund.api),
      h('span', { class: 'grow faint' }, refund.reason),
      h('span', { class: 'money' }, amount),
      h('span', { class: 'faint' }, `${texts.of} ${totalAmount}`),
      chip(status),
      timeTag(refund.createdAt),
      tools.length > 0 && h('span', { class: 'tools' }, tools),
    ),
    foldable(
      `refund-${outRefundNo}`,
      texts.details,
      factList({
        out_trade_no: copyable(refund.outTradeNo),
        transaction_id: copyable(refund.transactionId),
        refund_id: copyable(refund.refundId),
        success_time: timeOf(refund.settledAt),
      }),
    ),
  )
}
