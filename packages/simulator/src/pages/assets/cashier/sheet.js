import { h } from '../dom.js'
import { header } from './header.js'
import { texts } from './texts.js'

/** @typedef {import('../api.js').Json<import('../../../control/wire.ts').OrderView>} Order */

/**
 * The first stage: who asks for how much, and what it is paid from.
 * @param {Order} order
 * @param {{ confirm: () => void, cancel: () => void }} acts
 */
export function sheet(order, { confirm, cancel }) {
  return [
    header({ id: 'cancel', label: texts.cancel, sign: '✕', act: cancel }),
    payee(order),
    h('p', { class: 'amount', id: 'amount' }, order.amount),
    h(
      'dl',
      {},
      row(texts.goods, h('dd', { id: 'goods' }, order.body)),
      row(
        texts.method,
        h(
          'dd',
          { class: 'wallet' },
          h('span', { class: 'coin', 'aria-hidden': 'true' }, '¥'),
          h('span', {}, texts.wallet),
          h('small', {}, texts.balance(order.balance)),
        ),
      ),
    ),
    h('button', { id: 'pay', type: 'button', class: 'primary', onclick: confirm }, texts.pay),
  ]
}

/** @param {Order} order */
export function payee({ merchant }) {
  return h(
    'p',
    { class: 'payee' },
    h(
      'span',
      { class: 'portrait', 'aria-hidden': 'true' },
      String.fromCodePoint(merchant.codePointAt(0) ?? 0x5546),
    ),
    h('span', { id: 'merchant' }, merchant),
  )
}

/**
 * @param {string} name
 * @param {HTMLElement} value
 */
export const row = (name, value) => h('div', {}, h('dt', {}, name), value)
