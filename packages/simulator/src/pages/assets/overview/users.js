import { call } from '../api.js'
import { byId, h } from '../dom.js'
import { button } from './action.js'
import { fill, heading } from './list.js'
import { texts } from './texts.js'

/** @typedef {import('./state.js').State['users'][number]} User */

/** Who logs in on the phones, and the codes that `wx.login` gives them. */
export function createUsers() {
  const name = h('input', { id: 'user-name', placeholder: 'alice', value: 'alice', maxlength: 128 })
  const given = h('output', { id: 'given-code', class: 'given' })
  /** @param {string} user */
  async function logIn(user) {
    const answer = await call('POST', '/_sim/codes', { user })
    const { code } = /** @type {{ code: string }} */ (answer)
    given.replaceChildren(h('span', { class: 'faint' }, texts.code), h('code', {}, code))
  }
  const list = h('ul', { class: 'rows small' })
  const none = h('p', { class: 'faint' }, texts.none.users)
  byId('users').replaceChildren(
    heading('users'),
    h(
      'div',
      { class: 'form' },
      h('label', {}, texts.userName, name),
      button({ id: 'log-in', text: texts.logIn, work: () => logIn(name.value) }),
    ),
    given,
    list,
    none,
  )
  return (/** @type {readonly User[]} */ users) => {
    fill(list, users, { keyOf: ({ openid }) => openid, draw: userRow })
    none.hidden = users.length > 0
  }
}

/** @param {User} user */
function userRow({ openid, name, orders }) {
  return h(
    'li',
    {},
    h(
      'div',
      { class: 'line' },
      h('strong', { class: 'grow' }, name ?? '—'),
      h('span', { class: 'faint' }, texts.ordersOf(orders)),
    ),
    h('code', { class: 'faint' }, openid),
  )
}
