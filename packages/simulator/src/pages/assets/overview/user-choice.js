import { h } from '../dom.js'
import { fill } from './list.js'

/** @typedef {import('./state.js').State['users'][number]} User */

/**
 * A choice among those who have logged in.
 * @param {string} id
 */
export function userChoice(id) {
  const field = h('select', { id, required: true })
  /** @param {readonly User[]} users */
  function offer(users) {
    const chosen = field.value
    fill(field, users, { keyOf: ({ openid }) => openid, draw: option })
    if (users.some(({ openid }) => openid === chosen)) field.value = chosen
  }
  return { field, offer }
}

/** @param {User} user */
const option = ({ openid, name }) => h('option', { value: openid }, name ?? openid)
