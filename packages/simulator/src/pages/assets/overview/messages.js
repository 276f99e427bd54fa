import { h } from '../dom.js'
import { copyable, form } from './action.js'
import { fill } from './list.js'
import { listSection } from './section.js'
import { texts } from './texts.js'
import { timeTag } from './time.js'
import { userChoice } from './user-choice.js'

/** @typedef {import('./state.js').State} State */
/** @typedef {State['messages'][number]} Message */

const TEMPLATE_CHARACTERS = 43

/**
 * What users were sent, as their phones would show it, and how many more they take.
 * @param {() => void} more
 */
export function createMessages(more) {
  const { field: user, offer } = userChoice('acceptor')
  const template = h('input', {
    id: 'template',
    required: true,
    minlength: TEMPLATE_CHARACTERS,
    maxlength: TEMPLATE_CHARACTERS,
    spellcheck: 'false',
  })
  const accepted = h('ul', { class: 'accepted' })
  const accept = form(
    {
      id: 'accept-message',
      text: texts.acceptMessage,
      does: 'acceptMessage',
      body: () => ({ openid: user.value, templateId: template.value }),
    },
    h('label', {}, texts.acceptor, user),
    h('label', { class: 'broad' }, texts.template, template),
  )
  let merchant = ''
  const draw = listSection('messages', {
    keyOf: (/** @type {Message} */ { at, openid, templateId }) =>
      [at, openid, templateId].join(' '),
    draw: (message) => card(message, merchant),
    more,
    tools: [accept, accepted],
    kind: 'cards',
  })
  return (/** @type {State} */ state) => {
    merchant = state.merchant
    offer(state.users)
    fill(accepted, state.acceptances, {
      keyOf: ({ openid, templateId }) => `${openid} ${templateId}`,
      draw: acceptanceItem,
    })
    draw(state.messages, { found: state.found.messages, count: state.counts.messages })
  }
}

/** @param {State['acceptances'][number]} acceptance */
const acceptanceItem = ({ openid, user, templateId, left }) =>
  h(
    'li',
    {},
    h('strong', { title: openid }, user ?? openid),
    h('code', { class: 'faint' }, templateId),
    h('span', {}, texts.takes(left)),
  )

/**
 * A service message as WeChat lists it.
 * @param {Message} message
 * @param {string} merchant
 */
function card({ at, openid, user, templateId, page, data }, merchant) {
  const rows = Object.entries(data).map(([name, value]) =>
    h('div', {}, h('dt', {}, name), h('dd', {}, value)),
  )
  return h(
    'li',
    {},
    h('p', { class: 'to' }, user ?? openid, timeTag(at)),
    h(
      'article',
      { class: 'card' },
      h(
        'p',
        { class: 'from' },
        h('img', { src: '/_sim/assets/icon.svg', alt: '', width: 20, height: 20 }),
        merchant,
      ),
      h('dl', {}, rows),
      h(
        'p',
        { class: 'opens' },
        page === '' ? texts.opensNothing : h('span', {}, texts.opens, ' ', h('code', {}, page)),
      ),
    ),
    h('p', { class: 'faint' }, copyable(templateId)),
  )
}
