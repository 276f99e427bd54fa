import { en } from './en'
import { zh, type Words } from './zh'

export const LANGUAGES = { zh, en } as const satisfies Record<string, Words>

export type Language = keyof typeof LANGUAGES

/** `zh_CN`, `zh-Hant` and what nobody knows is Chinese; English is for who says so. */
export function languageOf(system: string): Language {
  return /^en\b|^en_/i.test(system) ? 'en' : 'zh'
}
