import { h } from '../dom.js'
import { chip } from './list.js'
import { timeTag } from './time.js'

/** @typedef {import('./state.js').State['textChecks'][number]} TextCheck */

const KINDS = /** @type {const} */ ({ pass: 'good', review: 'open', risky: 'bad' })

/** @param {TextCheck} check */
export const textCheckKey = ({ at, openid, content }) => [at, openid, content].join(' ')

/** @param {TextCheck} check */
export function textCheckRow({ at, openid, user, content, suggest }) {
  return h(
    'li',
    {},
    h(
      'div',
      { class: 'line' },
      h('q', { class: 'said' }, content),
      h('span', { class: 'faint' }, user ?? openid),
      chip(KINDS[suggest], suggest),
      timeTag(at),
    ),
  )
}
