import { h } from '../dom.js'
import { button, copyable, readLink } from './action.js'
import { chip, factList, foldable } from './list.js'
import { allAbout } from './search.js'
import { texts } from './texts.js'
import { timeOf, timeTag } from './time.js'

/** @typedef {import('./state.js').State['orders'][number]} Order */
/** @typedef {import('../../../cashier/outcomes.ts').Outcome} Outcome */

/** @type {Partial<Record<Order['state'], readonly Outcome[]>>} */
const OUTCOMES = {
  NOTPAY: ['cancel', 'fail', 'vanish', 'pay_and_report_fail', 'pay_and_vanish'],
  SUCCESS: ['pay_again'],
  REFUND: ['pay_again'],
}

/** @param {Order} order */
export function orderRow(order) {
  const { outTradeNo, api, state, amount, body, user } = order
  return h(
    'li',
    {},
    h(
      'div',
      { class: 'line' },
      copyable(outTradeNo, 'name'),
      h('span', { class: 'kind' }, api),
      h('span', { class: 'grow faint' }, [user, body].filter(Boolean).join(' · ')),
      h('span', { class: 'money' }, amount),
      chip(state),
      timeTag(order.createdAt),
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
    pay(order, 'pay', texts.pay),
    h('a', { class: 'button', href, target: '_blank', rel: 'noopener' }, texts.cashier),
  )
}

/** @param {Order} order */
function factsOf(order) {
  return factList({
    openid: copyable(order.openid),
    attach: order.attach,
    notify_url: order.notifyUrl,
    time_expire: timeOf(order.expiresAt),
    ...Object.fromEntries(
      order.transactions.map(({ transactionId, paidAt }, i) => [
        i === 0 ? texts.paidWith : `${texts.paidWith} ${i + 1}`,
        h('span', {}, copyable(transactionId), ` ${timeOf(paidAt)}`),
      ]),
    ),
  })
}

/** @param {Order} order */
function outcomes(order) {
  const { outTradeNo, state } = order
  const offered = (OUTCOMES[state] ?? []).map((outcome) => pay(order, outcome, outcome))
  return h(
    'div',
    { class: 'tools' },
    offered.length > 0 && h('span', { class: 'faint' }, texts.otherOutcomes),
    offered,
    allAbout(`all-order-${outTradeNo}`, outTradeNo),
    readLink({ reads: 'readOrder', params: { outTradeNo }, text: 'JSON' }),
  )
}

/**
 * @param {Order} order
 * @param {Outcome} outcome
 * @param {string} text
 */
const pay = ({ outTradeNo }, outcome, text) =>
  button({
    id: `${outcome}-${outTradeNo}`,
    text,
    does: 'pay',
    params: { outTradeNo },
    body: () => ({ outcome }),
  })
