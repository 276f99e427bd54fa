import { call } from '../api.js'
import { h } from '../dom.js'
import { button } from './action.js'
import { chip, factList, foldable } from './list.js'
import { texts } from './texts.js'
import { timeOf } from './time.js'

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
      work: () =>
        call('POST', `/_sim/refunds/${encodeURIComponent(outRefundNo)}/settle`, { outcome }),
    }),
  )
  return h(
    'li',
    {},
    h(
      'div',
      { class: 'line' },
      h('code', { class: 'name' }, outRefundNo),
      h('span', { class: 'grow faint' }, refund.reason),
      h('span', { class: 'money' }, amount),
      h('span', { class: 'faint' }, `${texts.of} ${totalAmount}`),
      chip(status),
      h('time', {}, timeOf(refund.createdAt)),
      tools.length > 0 && h('span', { class: 'tools' }, tools),
    ),
    foldable(
      `refund-${outRefundNo}`,
      texts.details,
      factList({
        out_trade_no: refund.outTradeNo,
        transaction_id: refund.transactionId,
        refund_id: refund.refundId,
        success_time: timeOf(refund.settledAt),
      }),
    ),
  )
}
