import { h } from '../dom.js'
import { texts } from './texts.js'

/** @typedef {import('../../../cashier/outcomes.ts').Outcome} Outcome */
/** @typedef {keyof typeof texts.outcomes} Scripted */

/** @type {{ unpaid: readonly Scripted[], paid: readonly Scripted[] }} */
const OFFERED = {
  unpaid: ['cancel', 'fail', 'vanish', 'pay_and_report_fail', 'pay_and_vanish'],
  paid: ['fail', 'vanish', 'pay_again'],
}

/**
 * What else may become of a payment, for whoever builds the shop: one tap each, at every stage.
 * @param {'unpaid' | 'paid'} state
 * @param {(outcome: Outcome) => void} choose
 */
export function drawer(state, choose) {
  const buttons = OFFERED[state].map((outcome) => {
    const [name = '', does = ''] = texts.outcomes[outcome]
    return h(
      'button',
      {
        type: 'button',
        'data-outcome': outcome,
        onclick: () => {
          choose(outcome)
        },
      },
      h('strong', {}, name),
      h('small', {}, does),
    )
  })
  return h(
    'details',
    { class: 'drawer' },
    h('summary', { id: 'other-outcomes' }, texts.drawer),
    h('div', { class: 'outcomes' }, buttons),
  )
}
