import type { Found } from './finding.ts'
import type { Situation } from './situation.ts'

/** Where something is wrong; nowhere is right, and `null` says that the question does not arise. */
export type Rule = (situation: Situation) => readonly Found[] | null

/** For a setting that is wrong or right; one that is not given is another rule's concern. */
export const setting =
  (name: string, isRight: (value: string, situation: Situation) => boolean): Rule =>
  (situation) => {
    const { [name]: value } = situation.given
    if (value === undefined || isPlaceholder(value)) return null
    return isRight(value, situation) ? [] : [{ at: name }]
  }

export const isPlaceholder = (value: string) => value.includes('replace-me')
