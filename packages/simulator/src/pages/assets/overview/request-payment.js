import { call } from '../api.js'
import { h } from '../dom.js'
import { button } from './action.js'
import { fill, foldable } from './list.js'
import { texts } from './texts.js'

/** @typedef {import('./state.js').State['users'][number]} User */
/** @typedef {{ cashierPath?: string, errMsg?: string, hint?: string }} Checked */

const EXAMPLE = `{
  "timeStamp": "1735689600",
  "nonceStr": "…",
  "package": "prepay_id=…",
  "signType": "RSA",
  "paySign": "…"
}`

/** What a phone does with the parameters that a server gives it: checks them, and opens the cashier. */
export function createRequestPayment() {
  const payer = h('select', { id: 'payer' })
  const parameters = h('textarea', {
    id: 'parameters',
    rows: 7,
    spellcheck: 'false',
    placeholder: EXAMPLE,
  })
  const result = h('output', { id: 'payment-request', class: 'given' })
  async function check() {
    /** @type {unknown} */
    const given = JSON.parse(parameters.value)
    const body = { .../** @type {object} */ (given), openid: payer.value }
    showResult(result, /** @type {Checked} */ (await call('POST', '/_sim/request-payment', body)))
  }
  const form = foldable('request-payment', texts.requestPayment, [
    h(
      'div',
      { class: 'stack' },
      h('label', {}, texts.payer, payer),
      h('label', {}, texts.parameters, parameters),
      button({ id: 'check-parameters', text: texts.check, work: check }),
      result,
    ),
  ])
  /** @param {readonly User[]} users */
  function offer(users) {
    fill(payer, users, { keyOf: ({ openid }) => openid, draw: payerOption })
  }
  return { form, offer }
}

/** @param {User} user */
const payerOption = ({ openid, name }) => h('option', { value: openid }, name ?? openid)

/**
 * @param {HTMLOutputElement} result
 * @param {Checked} checked
 */
function showResult(result, { cashierPath, errMsg = '', hint = '' }) {
  const link =
    cashierPath === undefined
      ? null
      : h('a', { href: cashierPath, target: '_blank', rel: 'noopener' }, texts.cashier)
  result.replaceChildren(
    ...(link ? [link] : [h('code', {}, errMsg), h('span', { class: 'faint' }, hint)]),
  )
}
