import { h } from '../dom.js'
import { header } from './header.js'
import { row } from './sheet.js'
import { texts } from './texts.js'

/**
 * The last stage after a payment.
 * @param {import('./sheet.js').Order} order
 * @param {{ finish: () => void }} acts
 */
export function paid(order, { finish }) {
  return [
    header(null),
    h('div', { class: 'sign good', 'aria-hidden': 'true' }, '✓'),
    h('h2', { class: 'verdict', role: 'status' }, texts.paid),
    h('p', { class: 'amount', id: 'paid' }, order.amount),
    h('dl', {}, row(texts.payee, h('dd', {}, order.merchant))),
    h('button', { id: 'finish', type: 'button', class: 'quiet', onclick: finish }, texts.finish),
  ]
}

/**
 * The last stage when nothing was paid, with the reason.
 * @param {string} reason
 * @param {{ leave: () => void }} acts
 */
export function broken(reason, { leave }) {
  return [
    header(null),
    h('div', { class: 'sign bad', 'aria-hidden': 'true' }, '!'),
    h('p', { class: 'verdict', id: 'reason', role: 'alert' }, reason),
    h('button', { id: 'leave', type: 'button', class: 'quiet', onclick: leave }, texts.leave),
  ]
}

/** While the platform works on it. */
export function paying() {
  return [
    header(null),
    h('div', { class: 'spinner', 'aria-hidden': 'true' }),
    h('p', { class: 'verdict', role: 'status' }, texts.paying),
  ]
}

/**
 * In place of the merchant's page, where there is none around the cashier.
 * @param {string | null} errMsg
 */
export function closed(errMsg) {
  return [
    h('h1', { id: 'title' }, texts.closed),
    h('p', { class: 'hint' }, errMsg === null ? texts.unheard : texts.reported),
    errMsg !== null && h('p', {}, h('code', { id: 'told' }, errMsg)),
    h('p', {}, h('a', { href: '/_sim' }, texts.overview)),
  ]
}
