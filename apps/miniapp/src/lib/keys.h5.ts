const PRESSES: ReadonlySet<string> = new Set(['Enter', ' '])

/** Who has no pointer presses what has the focus: Taro draws elements that the browser takes for text. */
export function operateByKeys(): void {
  document.addEventListener('keydown', (event) => {
    const { target } = event
    const isPress = PRESSES.has(event.key) && !event.repeat
    if (!isPress || !(target instanceof HTMLElement) || !target.matches('[role][tabindex]')) return
    event.preventDefault()
    target.click()
  })
}
