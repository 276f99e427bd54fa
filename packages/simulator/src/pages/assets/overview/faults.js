import { byId, h } from '../dom.js'
import { button, perform } from './action.js'
import { createFaultForm } from './fault-form.js'
import { fill, foldable, heading } from './list.js'
import { texts } from './texts.js'

/** @typedef {import('./state.js').State['faults'][number]} Rule */
/** @typedef {import('./fault-form.js').Tables} Tables */
/** @typedef {{ on: string, fault: string }} Named */

/** Everything that can go wrong, by where, and what is set to. */
export async function createFaults() {
  const tables = /** @type {Tables} */ (await perform('readFaults'))
  const { element, choose } = createFaultForm(tables)
  const rules = h('ul', { class: 'rules' })
  const none = h('p', { class: 'none' }, texts.none.faults)
  const targets = Object.entries(tables.known).map((target) => targetOf(target, choose))
  const table = h(
    'div',
    { class: 'faults' },
    targets.map((target) => target.element),
  )
  const filter = h('input', {
    id: 'fault-filter',
    type: 'search',
    placeholder: texts.filter,
    'aria-label': texts.filter,
    oninput: () => {
      for (const target of targets) target.find(filter.value.trim().toLowerCase())
    },
  })
  const clear = button({ id: 'clear-faults', text: texts.clear, does: 'clearFaults' })
  byId('faults').replaceChildren(heading('faults', clear), none, rules, element, filter, table)
  return (/** @type {readonly Rule[]} */ set) => {
    fill(rules, set, { keyOf: ({ id }) => id, draw: ruleItem })
    none.hidden = set.length > 0
    clear.hidden = set.length === 0
  }
}

/** @param {Rule} rule */
function ruleItem({ id, on, fault, seen, fired, left, ...options }) {
  const waits = Math.max((options.after ?? 0) - seen, 0)
  const said = Object.entries(options).map(([name, value]) => `${name} ${String(value)}`)
  return h(
    'li',
    {},
    h(
      'div',
      { class: 'grow' },
      h('code', {}, `${on}: ${fault}`),
      said.length > 0 && h('code', { class: 'options' }, said.join(' · ')),
      h(
        'span',
        { class: 'done' },
        [
          texts.struck(fired),
          waits > 0 ? texts.waitsFor(waits) : null,
          left === null ? texts.untilRemoved : texts.left(left),
        ]
          .filter((words) => words !== null)
          .join(' · '),
      ),
    ),
    button({
      id: `remove-${id}`,
      text: '✕',
      kind: 'remove',
      label: texts.removeRule(`${on}: ${fault}`),
      does: 'removeFault',
      params: { id },
    }),
  )
}

/**
 * A place with all that can go wrong there, which is drawn when somebody wants to see it.
 * @param {[on: string, faults: Readonly<Record<string, string>>]} target
 * @param {(rule: Named) => void} choose
 */
function targetOf([on, faults], choose) {
  const list = h('ul')
  const element = foldable(`faults-${on}`, on, list)
  /** @param {string} words */
  function show(words) {
    const found = Object.entries(faults).filter(([fault, text]) =>
      `${on} ${fault} ${text}`.toLowerCase().includes(words),
    )
    fill(list, found, {
      keyOf: ([fault]) => fault,
      draw: ([fault, text]) => faultRow({ on, fault }, text, choose),
    })
    return found.length > 0
  }
  element.addEventListener('toggle', () => {
    if (list.children.length === 0) show('')
  })
  /** @param {string} words */
  function find(words) {
    const isFound = words === '' || show(words)
    if (words === '' && element.open) show('')
    element.hidden = !isFound
    element.open = words !== '' && isFound
  }
  return { element, find }
}

/**
 * @param {Named} rule
 * @param {string} text
 * @param {(rule: Named) => void} choose
 */
function faultRow(rule, text, choose) {
  const { on, fault } = rule
  const onclick = () => {
    choose(rule)
  }
  const label = texts.withOptions(`${on}: ${fault}`)
  return h(
    'li',
    {},
    h('div', { class: 'grow' }, h('code', {}, fault), h('span', { class: 'faint' }, text)),
    h(
      'span',
      { class: 'tools' },
      addButton({ ...rule, times: 1 }, 'once'),
      addButton(rule, 'always'),
      h('button', { id: `with-${on}-${fault}`, type: 'button', 'aria-label': label, onclick }, '…'),
    ),
  )
}

/**
 * @param {Named & { times?: number }} rule
 * @param {'once' | 'always'} when
 */
const addButton = (rule, when) =>
  button({
    id: `${when}-${rule.on}-${rule.fault}`,
    text: texts[when],
    does: 'addFault',
    body: () => rule,
  })
