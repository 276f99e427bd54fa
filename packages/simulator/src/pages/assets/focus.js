/**
 * Tab goes round within a dialog, since what is behind it is not there for now.
 * @param {HTMLElement} dialog
 */
export function keepFocusInside(dialog) {
  dialog.addEventListener('keydown', (event) => {
    if (event.key !== 'Tab') return
    const stops = [...dialog.querySelectorAll('button, summary, a[href]')].filter(isShown)
    const first = stops.at(0)
    const last = stops.at(-1)
    const leaving = event.shiftKey ? [first, dialog] : [last]
    if (!leaving.some((stop) => stop === document.activeElement)) return
    event.preventDefault()
    ;(event.shiftKey ? last : first)?.focus()
  })
}

/**
 * @param {Element} element
 * @returns {element is HTMLElement}
 */
const isShown = (element) => element instanceof HTMLElement && element.checkVisibility()
