import { h } from '../dom.js'
import { button, copyable } from './action.js'
import { chip, foldable, plain } from './list.js'
import { texts } from './texts.js'
import { timeOf } from './time.js'

/** @typedef {import('./state.js').State['notifications'][number]} Notification */
/** @typedef {Notification['attempts'][number]} Attempt */

/** @param {Notification} notification */
export function notificationRow(notification) {
  const { id, kind, protocol, outTradeNo, outRefundNo, url, attempts } = notification
  return h(
    'li',
    { class: 'notification' },
    h(
      'div',
      { class: 'line' },
      h('span', { class: 'kind' }, `${kind} ${protocol}`),
      copyable(outRefundNo ?? outTradeNo, 'name'),
      h('span', { class: 'grow faint' }, url),
      chip(...standingOf(notification)),
      h(
        'span',
        { class: 'tools' },
        button({
          id: `retry-${id}`,
          text: texts.retry,
          does: 'retryNotification',
          params: { id },
        }),
      ),
    ),
    h(
      'ol',
      { class: 'timeline' },
      attempts.map((attempt, i) => attemptItem(id, attempt, i + 1)),
    ),
  )
}

/**
 * @param {Notification} notification
 * @returns {[state: string, text: string]}
 */
function standingOf({ attempts, nextAt }) {
  if (attempts.some(({ isAccepted }) => isAccepted)) return ['good', texts.accepted]
  if (nextAt === null)
    return attempts.length === 0 ? ['open', texts.waiting] : ['bad', texts.givenUp]
  return ['open', `${texts.attempts(attempts.length)} · ${timeOf(nextAt)}`]
}

/**
 * @param {string} id
 * @param {Attempt} attempt
 * @param {number} number
 */
function attemptItem(id, attempt, number) {
  const { at, isAccepted, status, fault, request, answer } = attempt
  return h(
    'li',
    { class: isAccepted ? 'good' : 'bad' },
    h(
      'div',
      { class: 'line' },
      h('time', {}, timeOf(at)),
      h('strong', {}, texts.attempt(number)),
      h('span', {}, isAccepted ? texts.accepted : texts.refused),
      status !== null && h('span', { class: 'faint' }, `HTTP ${status}`),
      fault !== null && chip('open', fault),
    ),
    foldable(`attempt-${id}-${number}`, `${texts.request} · ${texts.answer}`, [
      h('h3', {}, texts.request),
      plain(`${headerText(request.headers)}\n\n${request.body}`),
      request.bodyLength > request.body.length &&
        h('p', { class: 'faint' }, texts.cutOff(request.bodyLength)),
      h('h3', {}, status === null ? texts.answer : `${texts.answer} · HTTP ${status}`),
      plain(answer === '' ? texts.empty : answer),
    ]),
  )
}

/** @param {Readonly<Record<string, string>>} headers */
const headerText = (headers) =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n')
