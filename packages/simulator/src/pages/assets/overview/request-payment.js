import { h } from '../dom.js'
import { form } from './action.js'
import { foldable } from './list.js'
import { texts } from './texts.js'
import { userChoice } from './user-choice.js'

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
  const { field: payer, offer } = userChoice('payer')
  const parameters = h('textarea', {
    id: 'parameters',
    rows: 7,
    required: true,
    spellcheck: 'false',
    placeholder: EXAMPLE,
  })
  const result = h('output', { id: 'payment-request', class: 'given' })
  const check = form(
    {
      id: 'check-parameters',
      text: texts.check,
      kind: 'stack',
      does: 'requestPayment',
      body: () => ({
        .../** @type {object} */ (JSON.parse(parameters.value)),
        openid: payer.value,
      }),
      then: (answer) => {
        showResult(result, /** @type {Checked} */ (answer))
      },
    },
    h('label', {}, texts.payer, payer),
    h('label', {}, texts.parameters, parameters),
  )
  return { form: foldable('request-payment', texts.requestPayment, [check, result]), offer }
}

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
