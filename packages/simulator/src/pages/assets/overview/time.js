import { texts } from './texts.js'

const SECOND = 1000
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
