import { h } from '../dom.js'
import { header } from './header.js'
import { payee } from './sheet.js'
import { texts } from './texts.js'

const LENGTH = 6
const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '', '0', '⌫']
const ERASE = '⌫'

/**
 * The second stage: six digits, whichever, by finger, mouse or keyboard.
 * @param {import('./sheet.js').Order} order
 * @param {{ complete: () => void, back: () => void }} acts
 */
export function pad(order, { complete, back }) {
  const boxes = Array.from({ length: LENGTH }, () => h('i'))
  const status = h('p', { class: 'unseen', role: 'status' })
  let count = 0
  /** @param {number} next */
  function setCount(next) {
    count = next
    boxes.forEach((box, i) => box.classList.toggle('filled', i < count))
    status.textContent = texts.typed(count)
    if (count === LENGTH) complete()
  }
  /** @param {string} key */
  function press(key) {
    if (count === LENGTH) return
    if (key === ERASE) setCount(Math.max(count - 1, 0))
    else setCount(count + 1)
  }
  const nodes = [
    header({ id: 'back', label: texts.back, sign: '‹', act: back }),
    payee(order),
    h('p', { class: 'amount', id: 'amount' }, order.amount),
    h('h2', { class: 'ask' }, texts.password),
    h('div', { class: 'boxes', id: 'password', 'aria-hidden': 'true' }, boxes),
    status,
    h('p', { class: 'hint' }, texts.anyDigits),
    h(
      'div',
      { class: 'keys' },
      KEYS.map((key) => keyButton(key, press)),
    ),
  ]
  return { nodes, onKey: keyboard(press) }
}

/**
 * @param {string} key
 * @param {(key: string) => void} press
 */
function keyButton(key, press) {
  if (key === '') return h('span')
  return h(
    'button',
    {
      type: 'button',
      'data-key': key === ERASE ? 'erase' : key,
      'aria-label': key === ERASE ? texts.erase : key,
      onclick: () => {
        press(key)
      },
    },
    key,
  )
}

/**
 * @param {(key: string) => void} press
 * @returns {(key: string) => void}
 */
const keyboard = (press) => (key) => {
  if (/^[0-9]$/.test(key)) press(key)
  if (key === 'Backspace') press(ERASE)
}
