import type { Said } from './said'

/** What a screen reader says of a node, as mini-programs name it. aria.h5.ts is the browser's. */
export function aria({ label, role, isChecked, isHidden }: Said): Record<string, string> {
  return {
    ...(label !== undefined && { ariaLabel: label }),
    ...(role !== undefined && { ariaRole: role }),
    ...(isChecked !== undefined && { ariaChecked: String(isChecked) }),
    ...(isHidden === true && { ariaHidden: 'true' }),
  }
}
