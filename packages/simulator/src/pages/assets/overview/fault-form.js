import { h } from '../dom.js'
import { form } from './action.js'
import { optionTexts } from './fault-texts.js'
import { foldable } from './list.js'
import { texts } from './texts.js'

/** @typedef {import('../../../fault-rule.ts').FaultOption} Option */
/** @typedef {{ type: string, minimum?: number, maximum?: number, maxLength?: number }} Schema */

/**
 * What `GET /_sim/faults` says: which faults there are, which options each understands, and the values
 * that an option takes.
 * @typedef {object} Tables
 * @property {Readonly<Record<string, Readonly<Record<string, string>>>>} known
 * @property {Readonly<Record<string, Readonly<Record<string, readonly Option[]>>>>} understood
 * @property {Readonly<Record<Option, Schema>>} options
 */

/**
 * A rule with every option that its fault understands, and with no other.
 * @param {Tables} tables
 */
export function createFaultForm({ known, understood, options }) {
  const on = h('select', { id: 'rule-on' }, optionsOf(Object.keys(known)))
  const fault = h('select', { id: 'rule-fault' })
  const what = h('p', { class: 'faint what' })
  const fields = h('div', { class: 'form' })
  function drawFields() {
    what.textContent = known[on.value]?.[fault.value] ?? ''
    const names = understood[on.value]?.[fault.value] ?? []
    fields.replaceChildren(...names.map((name) => field(name, options[name])))
  }
  function drawFaults() {
    fault.replaceChildren(...optionsOf(Object.keys(known[on.value] ?? {})))
    drawFields()
  }
  on.addEventListener('change', drawFaults)
  fault.addEventListener('change', drawFields)
  const rule = () => ({ on: on.value, fault: fault.value, ...valuesOf(fields, options) })
  const composed = form(
    { id: 'add-rule', text: texts.addRule, kind: 'stack', does: 'addFault', body: rule },
    h('label', {}, texts.ruleOn, on),
    h('label', {}, texts.ruleFault, fault),
    what,
    fields,
  )
  const element = foldable('rule', texts.rule, composed)
  drawFaults()
  /** @param {{ on: string, fault: string }} chosen */
  function choose(chosen) {
    on.value = chosen.on
    drawFaults()
    fault.value = chosen.fault
    drawFields()
    element.open = true
    element.scrollIntoView({ block: 'nearest' })
    fault.focus()
  }
  return { element, choose }
}

/** @param {readonly string[]} names */
const optionsOf = (names) => names.map((name) => h('option', {}, name))

const NUMBERS = ['integer', 'number']

/**
 * @param {Option} name
 * @param {Schema} schema
 */
function field(name, { type, minimum, maximum, maxLength }) {
  const limits = NUMBERS.includes(type)
    ? {
        type: 'number',
        min: minimum ?? null,
        max: maximum ?? null,
        step: type === 'integer' ? 1 : 'any',
      }
    : { type: 'text', maxlength: maxLength ?? null, spellcheck: 'false' }
  const input = h('input', {
    id: `rule-${name}`,
    name,
    ...limits,
    placeholder: optionTexts[name].hint,
  })
  return h('label', {}, optionTexts[name].label, input)
}

/**
 * What was filled in; an empty field says nothing, and a list is parted by spaces or commas.
 * @param {HTMLElement} fields
 * @param {Tables['options']} options
 */
function valuesOf(fields, options) {
  const given = [...fields.querySelectorAll('input')].filter(({ value }) => value.trim() !== '')
  return Object.fromEntries(
    given.map(({ name, value }) => [
      name,
      readAs(options[/** @type {Option} */ (name)].type, value.trim()),
    ]),
  )
}

/**
 * @param {string} type
 * @param {string} value
 */
function readAs(type, value) {
  if (NUMBERS.includes(type)) return Number(value)
  return type === 'array' ? value.split(/[\s,，]+/).filter((part) => part !== '') : value
}
