import { h } from '../dom.js'
import { markedText } from './difference.js'
import { chip, factList, foldable, plain } from './list.js'
import { texts } from './texts.js'
import { timeTag } from './time.js'

/** @typedef {import('./state.js').State['calls'][number]} Call */
/** @typedef {NonNullable<Call['signature']>} Signature */

/** @param {Call} call */
export const callKey = ({ id }) => `call-${id}`

/** @param {Call} call */
export function callRow(call) {
  const { at, id, api, outTradeNo, result, hint, signature } = call
  return h(
    'li',
    { id: callKey(call) },
    h(
      'div',
      { class: 'line' },
      h(
        'a',
        { class: 'kind', href: `#${callKey(call)}`, 'aria-label': texts.callNumber(id) },
        `#${id}`,
      ),
      h('code', { class: 'name' }, api),
      h('span', { class: 'grow faint' }, outTradeNo ?? ''),
      chip(result === 'OK' ? 'good' : 'bad', result),
      timeTag(at),
    ),
    hint !== null && !signature && h('p', { class: 'hint' }, hint),
    signature ? foldable(`signature-${id}`, texts.signature, signatureFacts(signature)) : null,
  )
}

/** @param {Signature} signature */
function signatureFacts(signature) {
  const { algorithm, mistake, sentText, expectedText, firstDifferingByte } = signature
  const difference = firstDifferingByte === null ? '' : ` · ${texts.differsAt(firstDifferingByte)}`
  return [
    h('p', { class: 'hint' }, mistake ?? texts.unknownMistake),
    h('p', { class: 'faint difference' }, `${algorithm}${difference}`),
    sentText === null
      ? signatures(signature)
      : [
          h('h3', {}, texts.sentText),
          markedText(sentText, firstDifferingByte),
          h('h3', {}, texts.expectedText),
          markedText(expectedText, firstDifferingByte),
        ],
    sentText === null && [h('h3', {}, texts.expectedText), plain(expectedText)],
    sentText !== null &&
      factList({
        [texts.sentSignature]: signature.sentSignature,
        [texts.expectedSignature]: signature.expectedSignature,
      }),
  ].flat()
}

/** @param {Signature} signature */
function signatures({ sentSignature, expectedSignature, firstDifferingByte }) {
  return [
    h('h3', {}, texts.sentSignature),
    markedText(sentSignature, firstDifferingByte),
    expectedSignature !== null && [
      h('h3', {}, texts.expectedSignature),
      markedText(expectedSignature, firstDifferingByte),
    ],
  ].flat()
}
