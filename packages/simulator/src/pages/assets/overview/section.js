import { byId, h } from '../dom.js'
import { fill, heading } from './list.js'
import { texts } from './texts.js'

/**
 * A section that is one list, with the way to see older ones.
 * @template Item
 * @param {'orders' | 'refunds' | 'notifications' | 'calls'} name
 * @param {{ keyOf: (item: Item) => string, draw: (item: Item) => HTMLElement, more: () => void }} how
 * @returns {(items: readonly Item[], count: number) => void}
 */
export function listSection(name, { keyOf, draw, more }) {
  const count = h('span', { class: 'count' })
  const list = h('ul', { class: 'rows' })
  const none = h('p', { class: 'faint' }, texts.none[name])
  const moreButton = h('button', { type: 'button', class: 'more', onclick: more }, texts.more)
  byId(name).replaceChildren(heading(name, count), list, none, moreButton)
  return (items, total) => {
    fill(list, items, { keyOf, draw })
    count.textContent = total === 0 ? '' : String(total)
    none.hidden = items.length > 0
    moreButton.hidden = items.length >= total
  }
}
