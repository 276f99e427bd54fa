import { h } from '../dom.js'
import { texts } from './texts.js'

/** What a person opened stays open when it is drawn anew. */
const opened = new Set()

/**
 * @param {string} key
 * @param {string} summary
 * @param {import('../dom.js').Child} content
 */
export function foldable(key, summary, content) {
  const details = h(
    'details',
    { open: opened.has(key) },
    h('summary', { id: `open-${key}` }, summary),
    content,
  )
  details.addEventListener('toggle', () => {
    if (details.open) opened.add(key)
    else opened.delete(key)
  })
  return details
}

/** @type {WeakMap<Element, string>} */
const drawnFrom = new WeakMap()

/**
 * Draws one element for each item and leaves alone what did not change, so that no button goes away
 * under a pointer and no focus gets lost.
 * @template Item
 * @param {Element} container
 * @param {readonly Item[]} items
 * @param {{ keyOf: (item: Item) => string, draw: (item: Item) => HTMLElement }} how
 */
export function fill(container, items, { keyOf, draw }) {
  const focused = document.activeElement?.id
  const present = new Map(
    [...container.children].map((child) => [child.getAttribute('data-key'), child]),
  )
  const next = items.map((item) => {
    const source = JSON.stringify(item)
    const old = present.get(keyOf(item))
    if (old && drawnFrom.get(old) === source) return old
    const element = draw(item)
    element.setAttribute('data-key', keyOf(item))
    drawnFrom.set(element, source)
    return element
  })
  const isSame =
    next.length === container.children.length &&
    next.every((node, i) => node === container.children[i])
  if (isSame) return
  container.replaceChildren(...next)
  if (focused && document.activeElement?.id !== focused) document.getElementById(focused)?.focus()
}

/**
 * @param {keyof typeof texts.sections} name
 * @param {...import('../dom.js').Child} tools
 */
export const heading = (name, ...tools) =>
  h('div', { class: 'heading' }, h('h2', {}, texts.sections[name]), ...tools)

/**
 * @param {string} state
 * @param {string} [text]
 */
export const chip = (state, text = state) => h('span', { class: `chip ${state}` }, text)

/**
 * Names and values, without those that have none.
 * @param {Readonly<Record<string, string | HTMLElement | null>>} facts
 */
export function factList(facts) {
  const rows = Object.entries(facts).filter(([, value]) => value !== null && value !== '')
  return h(
    'dl',
    { class: 'facts' },
    rows.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))),
  )
}
