import { h } from '../dom.js'
import { texts } from './texts.js'

const SECOND = 1000
const JUST_NOW = 3 * SECOND
const UNITS = /** @type {const} */ ([
  ['day', 24 * 60 * 60 * SECOND],
  ['hour', 60 * 60 * SECOND],
  ['minute', 60 * SECOND],
])

// Swedes write a date as ISO does. WeChat's clocks, bills and documents are Beijing's.
const beijing = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'medium',
})

/** @param {Date} at */
export const dateTime = (at) => beijing.format(at)

/** @param {string | null} iso */
export const timeOf = (iso) => (iso === null ? '' : dateTime(new Date(iso)).slice(11))

/** @param {Date} at */
export const dayOf = (at) => dateTime(at).slice(0, 10)

/** How far the platform's clock is ahead of the browser's. */
let aheadMs = 0

/** @param {string} now what the platform says */
export function setClock(now) {
  aheadMs = new Date(now).getTime() - Date.now()
}

export const platformNow = () => Date.now() + aheadMs

/**
 * How long ago it was on the platform's clock; when it was stands in the title.
 * @param {string} iso
 */
export function timeTag(iso) {
  const tag = h('time', { datetime: iso, title: dateTime(new Date(iso)), 'data-ago': true })
  tag.textContent = agoOf(iso)
  return tag
}

/** @param {string} iso */
function agoOf(iso) {
  const ms = platformNow() - new Date(iso).getTime()
  const [name, length] = UNITS.find((unit) => ms >= unit[1]) ?? ['second', SECOND]
  if (ms < JUST_NOW) return texts.justNow
  return texts.ago(`${Math.floor(ms / length)} ${texts.units[name]}`)
}

/** Lets every such time go on. */
export function ageTimes() {
  for (const tag of document.querySelectorAll('time[data-ago]')) {
    const text = agoOf(tag.getAttribute('datetime') ?? '')
    if (tag.textContent !== text) tag.textContent = text
  }
}

/**
 * The two largest units of a wait, which is all that a person reads: «3 h 4 min».
 * @param {number} ms
 */
export function waitOf(ms) {
  /** @type {string[]} */
  const parts = []
  let left = Math.max(ms, 0)
  for (const [unit, length] of UNITS) {
    const count = Math.floor(left / length)
    left -= count * length
    if (count > 0 || parts.length > 0) parts.push(`${count} ${texts.units[unit]}`)
  }
  parts.push(`${Math.ceil(left / SECOND)} ${texts.units.second}`)
  return parts.slice(0, 2).join(' ')
}
