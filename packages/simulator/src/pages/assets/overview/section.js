import { byId, h } from '../dom.js'
import { fill, heading } from './list.js'
import { wordLookedFor } from './state.js'
import { texts } from './texts.js'

/** @typedef {import('../../../control/wire.ts').StateLists} StateLists */

/**
 * How many there are, and of them how many have the word that is looked for.
 * @typedef {{ found: number, count: number }} Size
 */

/**
 * A section that is one list, with the way to see older ones.
 * @template Item
 * @param {Exclude<keyof StateLists, 'users'>} name
 * @param {{ keyOf: (item: Item) => string, draw: (item: Item) => HTMLElement, more: () => void, tools?: import('../dom.js').Child, kind?: string }} how
 * @returns {(items: readonly Item[], size: Size) => void}
 */
export function listSection(name, { keyOf, draw, more, tools = null, kind = 'rows' }) {
  const size = h('span', { class: 'count' })
  const list = h('ul', { class: kind })
  const none = h('p', { class: 'none' })
  const moreButton = h('button', {
    id: `more-${name}`,
    type: 'button',
    class: 'more',
    onclick: more,
  })
  byId(name).replaceChildren(heading(name, size), h('div', {}, tools), list, none, moreButton)
  return (items, { found, count }) => {
    fill(list, items, { keyOf, draw })
    size.textContent = count === found ? String(count || '') : texts.foundOf(found, count)
    none.hidden = items.length > 0
    none.textContent = count > 0 ? texts.nothingFound(wordLookedFor()) : texts.none[name]
    moreButton.hidden = items.length >= found
    moreButton.textContent = texts.more(found - items.length)
  }
}
