import { call } from '../api.js'
import { h } from '../dom.js'
import { button } from './action.js'
import { chip, factList, foldable } from './list.js'
import { texts } from './texts.js'
import { timeOf } from './time.js'

/** @typedef {import('./state.js').State['orders'][number]} Order */
/** @typedef {import('../../../cashier/outcomes.ts').Outcome} Outcome */

/** @type {Partial<Record<Order['state'], readonly Outcome[]>>} */
const OUTCOMES = {
  NOTPAY: ['pay', 'cancel', 'fail', 'vanish', 'pay_and_report_fail', 'pay_and_vanish'],
  SUCCESS: ['pay_again'],
  REFUND: ['pay_again'],
}

/** @param {Order} order */
export function orderRow(order) {
  const { outTradeNo, state, amount, body } = order
  return h(
    'li',
    {},
    h(
      'div',
      { class: 'line' },
      h('code', { class: 'name' }, outTradeNo),
      h('span', { class: 'grow faint' }, body),
      h('span', { class: 'money' }, amount),
      chip(state),
      h('time', {}, timeOf(order.createdAt)),
      state === 'NOTPAY' && payTools(order),
    ),
    foldable(`order-${outTradeNo}`, texts.details, [factsOf(order), outcomes(order)]),
  )
}

/** @param {Order} order */
function payTools(order) {
  const href = `/_sim/cashier/${encodeURIComponent(order.outTradeNo)}`
  return h(
    'span',
    { class: 'tools' },
    button({ id: `pay-${order.outTradeNo}`, text: texts.pay, work: () => pay(order, 'pay') }),
    h('a', { class: 'button', href, target: '_blank', rel: 'noopener' }, texts.cashier),
  )
}

/** @param {Order} order */
function factsOf(order) {
  return factList({
    openid: order.openid,
    attach: order.attach,
    notify_url: order.notifyUrl,
    time_expire: timeOf(order.expiresAt),
    ...Object.fromEntries(
      order.transactions.map(({ transactionId, paidAt }, i) => [
        i === 0 ? texts.paidWith : `${texts.paidWith} ${i + 1}`,
        `${transactionId} · ${timeOf(paidAt)}`,
      ]),
    ),
  })
}

/** @param {Order} order */
function outcomes(order) {
  const offered = OUTCOMES[order.state] ?? []
  if (offered.length === 0) return null
  const buttons = offered.map((outcome) =>
    button({
      id: `${outcome}-${order.outTradeNo}`,
      text: outcome,
      work: () => pay(order, outcome),
    }),
  )
  return h('div', { class: 'tools' }, h('span', { class: 'faint' }, texts.otherOutcomes), buttons)
}

/**
 * @param {Order} order
 * @param {Outcome} outcome
 */
const pay = ({ outTradeNo }, outcome) =>
  call('POST', `/_sim/orders/${encodeURIComponent(outTradeNo)}/pay`, { outcome })
