import { byId, h } from '../dom.js'
import { copyable, form } from './action.js'
import { fill, heading } from './list.js'
import { createRequestPayment } from './request-payment.js'
import { texts } from './texts.js'

/** @typedef {import('./state.js').State['users'][number]} User */

/** Who logs in on the phones, and the codes that `wx.login` gives them. */
export function createUsers() {
  const name = h('input', { id: 'user-name', required: true, value: 'alice', maxlength: 128 })
  const given = h('output', { id: 'given-code', class: 'given' })
  const list = h('ul', { class: 'rows small' })
  const { form: paying, offer } = createRequestPayment()
  const none = h('p', { class: 'none' }, texts.none.users)
  byId('users').replaceChildren(
    heading('users'),
    form(
      {
        id: 'log-in',
        text: texts.logIn,
        does: 'giveCode',
        body: () => ({ user: name.value }),
        then(answer) {
          const { code } = /** @type {{ code: string }} */ (answer)
          given.replaceChildren(h('span', { class: 'faint' }, texts.code), copyable(code))
        },
      },
      h('label', {}, texts.userName, name),
    ),
    given,
    list,
    none,
    paying,
  )
  return (/** @type {readonly User[]} */ users) => {
    fill(list, users, { keyOf: ({ openid }) => openid, draw: userRow })
    offer(users)
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
    copyable(openid, 'faint'),
  )
}
