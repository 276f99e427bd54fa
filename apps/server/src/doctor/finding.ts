/** What a person is told: what is wrong, why it matters, and how to mend it. */
interface Words {
  readonly what: string
  readonly why: string
  readonly mend: string
}

export const LANGUAGES = ['zh', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

export type FindingText = Readonly<Record<Language, Words>>

/** Where something was found. */
export interface Found {
  /** The setting to mend, or the host that was asked. */
  readonly at: string
  /** A fact that helps, in no language, and never a part of a secret. */
  readonly detail?: string
}
