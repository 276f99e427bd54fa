import { byId, h } from '../dom.js'
import { lookFor } from './state.js'
import { texts } from './texts.js'

const WAIT_MS = 150

/** The field that every list is looked through by; `/` goes there from anywhere. */
const field = h('input', {
  id: 'find',
  type: 'search',
  maxlength: 128,
  placeholder: texts.find,
  'aria-label': texts.find,
  'aria-keyshortcuts': '/',
})

/** @param {() => void} refresh */
export function createSearch(refresh) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer
  field.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      lookFor(field.value)
      refresh()
    }, WAIT_MS)
  })
  byId('search').replaceChildren(field)
  addEventListener('keydown', (event) => {
    const isTyping =
      event.target instanceof Element && event.target.matches('input, textarea, select')
    if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    field.focus()
  })
}

/**
 * Shows nothing but what concerns this number.
 * @param {string} id
 * @param {string} word
 */
export function allAbout(id, word) {
  const onclick = () => {
    field.value = word
    field.dispatchEvent(new Event('input'))
    scrollTo({ top: 0 })
  }
  return h('button', { id, type: 'button', onclick }, texts.allAbout)
}
