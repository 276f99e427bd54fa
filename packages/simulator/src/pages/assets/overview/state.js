import { perform } from './action.js'
import { addressOf } from './actions.js'

/**
 * @template Value
 * @typedef {import('../api.js').Json<Value>} Json
 */
/** @typedef {Json<import('../../../control/wire.ts').StateView>} State */

const PAGE = 30
let newest = PAGE
let find = ''

/** The newest of each kind that have the word, as far as somebody asked for. */
async function readState() {
  const query = { newest: String(newest), ...(find !== '' && { find }) }
  return /** @type {State} */ (await perform('readState', { query }))
}

/** @param {number} [count] */
export function readFurther(count = newest + PAGE) {
  newest = count
}

export const wordLookedFor = () => find

/** @param {string} word */
export function lookFor(word) {
  find = word.trim()
  newest = PAGE
}

/**
 * Reads the state now and whenever the platform says that it changed; one question at a time, so that a
 * slow answer does not pile up more of them.
 * @param {{ draw: (state: State) => void, live: (isLive: boolean) => void }} page
 */
export function follow({ draw, live }) {
  let isReading = false
  let isStale = false
  async function read() {
    isStale = true
    if (isReading) return
    isReading = true
    try {
      while (isStale) {
        isStale = false
        draw(await readState())
      }
    } finally {
      isReading = false
    }
  }
  const refresh = () =>
    void read().catch(() => {
      live(false)
    })
  const events = new EventSource(addressOf('readEvents'))
  events.addEventListener('change', refresh)
  events.addEventListener('open', () => {
    live(true)
  })
  events.addEventListener('error', () => {
    live(false)
  })
  return refresh
}
