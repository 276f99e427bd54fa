/** What a screen reader is to say of a node. */
export interface Said {
  readonly label?: string
  readonly role?:
    'button' | 'switch' | 'radio' | 'radiogroup' | 'img' | 'tab' | 'tablist' | 'dialog' | 'alert'
  readonly isChecked?: boolean
  /** Decoration that a screen reader passes over. */
  readonly isHidden?: boolean
}
