import { call } from '../api.js'
import { byId, h } from '../dom.js'
import { ACTIONS, addressOf, nameOf } from './actions.js'
import { texts } from './texts.js'

/** @typedef {import('./actions.js').Action} Action */
/** @typedef {import('./actions.js').Place} Place */

const SHOWN_MS = 6000

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer

/** @param {string} text */
export function say(text) {
  const toast = byId('toast')
  toast.textContent = text
  clearTimeout(timer)
  timer = setTimeout(() => {
    toast.textContent = ''
  }, SHOWN_MS)
}

/**
 * @param {Action} action
 * @param {Place & { body?: object }} [how]
 */
export const perform = (action, { body, ...place } = {}) =>
  call(ACTIONS[action][0], addressOf(action, place), body)

/**
 * What a button does: an action, with what it needs at the moment of the click.
 * @typedef {object} Deed
 * @property {Action} does
 * @property {Readonly<Record<string, string>>} [params]
 * @property {() => Place['query']} [query]
 * @property {() => object} [body]
 * @property {(answer: unknown) => void} [then]
 * @property {string} [question] asked before it is done
 */

/** @param {Deed} deed */
async function carryOut({ does, params, query, body, then, question }) {
  if (question !== undefined && !confirm(question)) return
  try {
    const answer = await perform(does, {
      ...(params && { params }),
      ...(query && { query: query() ?? {} }),
      ...(body && { body: body() }),
    })
    then?.(answer)
  } catch (error) {
    say(error instanceof Error ? error.message : String(error))
  }
}

/**
 * A button that does one thing, and says so when it could not.
 * @param {Deed & { id: string, text: string, kind?: string, label?: string }} action
 */
export function button({ id, text, kind = '', label, ...deed }) {
  const marks = { 'data-action': nameOf(deed.does), title: nameOf(deed.does) }
  const onclick = () => void carryOut(deed)
  const name = label === undefined ? {} : { 'aria-label': label }
  return h('button', { id, type: 'button', class: kind, ...marks, ...name, onclick }, text)
}

/**
 * Fields with the button that sends them; Enter in a field does the same.
 * @param {Deed & { id: string, text: string, kind?: string }} action
 * @param {...import('../dom.js').Child} fields
 */
export function form({ id, text, kind = 'form', ...deed }, ...fields) {
  const marks = { 'data-action': nameOf(deed.does), title: nameOf(deed.does) }
  const onsubmit = (/** @type {Event} */ event) => {
    event.preventDefault()
    void carryOut(deed)
  }
  return h('form', { class: kind, onsubmit }, ...fields, h('button', { id, ...marks }, text))
}

/**
 * What can be read, as a link.
 * @param {{ reads: Action, params?: Place['params'], text?: string }} link
 */
export function readLink({ reads, params = {}, text = nameOf(reads) }) {
  const marks = { 'data-action': nameOf(reads), target: '_blank', rel: 'noopener' }
  return h('a', { href: addressOf(reads, { params }), ...marks }, text)
}

/**
 * A number that is wanted elsewhere, with the way to take it along.
 * @param {string} text
 * @param {string} [kind]
 */
export function copyable(text, kind = '') {
  const onclick = () =>
    void navigator.clipboard.writeText(text).then(
      () => {
        say(texts.copied(text))
      },
      () => {
        say(texts.notCopied)
      },
    )
  const label = texts.copy(text)
  return h(
    'span',
    { class: `copyable ${kind}` },
    h('code', {}, text),
    h('button', { type: 'button', class: 'copy', 'aria-label': label, title: label, onclick }),
  )
}
