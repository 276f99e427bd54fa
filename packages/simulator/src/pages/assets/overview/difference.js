import { h } from '../dom.js'

const encoder = new TextEncoder()
const decoder = new TextDecoder()

/**
 * A text cut at a byte: what stands before it, the letter that it belongs to, and what follows.
 * @param {string} text
 * @param {number} byteIndex
 */
export function splitAtByte(text, byteIndex) {
  const bytes = encoder.encode(text)
  let start = Math.min(byteIndex, bytes.length)
  // The bytes after the first one of a letter are 10xxxxxx.
  while (start > 0 && start < bytes.length && ((bytes[start] ?? 0) & 0xc0) === 0x80) start -= 1
  const before = decoder.decode(bytes.subarray(0, start))
  const [letter = ''] = text.slice(before.length)
  return { before, letter, after: text.slice(before.length + letter.length) }
}

/**
 * A text with the letter marked where it leaves the other one.
 * @param {string} text
 * @param {number | null} byteIndex
 */
export function markedText(text, byteIndex) {
  if (byteIndex === null) return h('pre', {}, text)
  const { before, letter, after } = splitAtByte(text, byteIndex)
  return h(
    'pre',
    { class: 'compared' },
    h('span', { class: 'same' }, before),
    h('mark', {}, letter === '' ? '∎' : letter),
    after,
  )
}
