import { call } from '../api.js'
import { byId, h } from '../dom.js'
import { button } from './action.js'
import { fill, foldable, heading } from './list.js'
import { texts } from './texts.js'

/** @typedef {import('./state.js').State['faults'][number]} Rule */
/** @typedef {Readonly<Record<string, Readonly<Record<string, string>>>>} Known */

/** Everything that can go wrong, by where, and what is set to. */
export async function createFaults() {
  const answer = await call('GET', '/_sim/faults')
  const { known } = /** @type {{ known: Known }} */ (answer)
  const rules = h('ul', { class: 'rules' })
  const none = h('p', { class: 'faint' }, texts.none.faults)
  const table = h('div', { class: 'faults' }, Object.entries(known).map(targetOf))
  const filter = h('input', {
    id: 'fault-filter',
    type: 'search',
    placeholder: texts.filter,
    'aria-label': texts.filter,
    oninput: () => {
      find(table, filter.value.trim().toLowerCase())
    },
  })
  const clear = button({
    id: 'clear-faults',
    text: texts.clear,
    work: () => call('DELETE', '/_sim/faults'),
  })
  byId('faults').replaceChildren(heading('faults', clear), none, rules, filter, table)
  return (/** @type {readonly Rule[]} */ set) => {
    const keyed = set.map((rule, i) => ({ rule, key: `${i}` }))
    fill(rules, keyed, { keyOf: ({ key }) => key, draw: ({ rule }) => ruleItem(rule) })
    none.hidden = set.length > 0
    clear.hidden = set.length === 0
  }
}

/** @param {Rule} rule */
function ruleItem({ on, fault, times }) {
  return h(
    'li',
    {},
    h('code', {}, `${on}: ${fault}`),
    h('span', {}, times === undefined ? texts.untilCleared : texts.times(times)),
  )
}

/** @param {[on: string, faults: Readonly<Record<string, string>>]} target */
function targetOf([on, faults]) {
  const rows = Object.entries(faults).map(([fault, text]) =>
    h(
      'li',
      { 'data-words': `${on} ${fault} ${text}`.toLowerCase() },
      h('div', { class: 'grow' }, h('code', {}, fault), h('span', { class: 'faint' }, text)),
      h(
        'span',
        { class: 'tools' },
        addButton({ on, fault, times: 1 }, 'once'),
        addButton({ on, fault }, 'always'),
      ),
    ),
  )
  return foldable(`faults-${on}`, on, h('ul', {}, rows))
}

/**
 * @param {{ on: string, fault: string, times?: number }} rule
 * @param {'once' | 'always'} when
 */
const addButton = (rule, when) =>
  button({
    id: `${when}-${rule.on}-${rule.fault}`,
    text: texts[when],
    work: () => call('POST', '/_sim/faults', rule),
  })

/**
 * @param {HTMLElement} table
 * @param {string} words
 */
function find(table, words) {
  for (const target of table.querySelectorAll('details')) {
    const rows = [...target.querySelectorAll('li')]
    for (const row of rows) row.hidden = !row.getAttribute('data-words')?.includes(words)
    const isFound = rows.some((row) => !row.hidden)
    target.hidden = !isFound
    target.open = words !== '' && isFound
  }
}
