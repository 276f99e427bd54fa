import { byId, h } from '../dom.js'

const SHOWN_MS = 6000

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer

/** @param {string} text */
export function say(text) {
  const toast = byId('toast')
  toast.textContent = text
  clearTimeout(timer)
  timer = setTimeout(() => {
    toast.textContent = ''
  }, SHOWN_MS)
}

/**
 * A button that does one thing, and says so when it could not.
 * @param {{ id: string, text: string, work: () => Promise<unknown>, kind?: string }} action
 */
export function button({ id, text, work, kind = '' }) {
  const onclick = () =>
    void work().catch((/** @type {unknown} */ error) => {
      say(error instanceof Error ? error.message : String(error))
    })
  return h('button', { id, type: 'button', class: kind, onclick }, text)
}
