interface Said {
  readonly label?: string
  readonly role?:
    'button' | 'switch' | 'radio' | 'img' | 'progressbar' | 'tab' | 'tablist' | 'dialog' | 'alert'
  readonly isChecked?: boolean
  /** Decoration that a screen reader passes over. */
  readonly isHidden?: boolean
}

/** What a screen reader says of a node, as mini-programs name it. aria.h5.ts is the browser's. */
export function aria({ label, role, isChecked, isHidden }: Said): Record<string, string> {
  return {
    ...(label !== undefined && { ariaLabel: label }),
    ...(role !== undefined && { ariaRole: role }),
    ...(isChecked !== undefined && { ariaChecked: String(isChecked) }),
    ...(isHidden === true && { ariaHidden: 'true' }),
  }
}
