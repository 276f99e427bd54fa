import type { Said } from './said'

/** What can be operated can be reached with the keyboard, too. */
const OPERATED: ReadonlySet<string | undefined> = new Set(['button', 'switch', 'radio', 'tab'])

export function aria({ label, role, isChecked, isHidden }: Said): Record<string, string> {
  const state = role === 'tab' ? 'aria-selected' : 'aria-checked'
  return {
    ...(label !== undefined && { 'aria-label': label }),
    ...(role !== undefined && { role }),
    ...(OPERATED.has(role) && { tabindex: '0' }),
    ...(isChecked !== undefined && { [state]: String(isChecked) }),
    ...(isHidden === true && { 'aria-hidden': 'true' }),
  }
}
