import { textSizeClass } from '../flow/text-size'
import { languageOf, type Language } from '../words/words'
import { readStored, writeStored } from './storage'
import { systemFontSizePx, systemLanguage, tellLanguage } from './system'

/** What the person chose here, or else what the phone is set to. */
export function readLanguage(): Language {
  const language = readStored('language')?.language ?? languageOf(systemLanguage())
  tellLanguage(language)
  return language
}

export function writeLanguage(language: Language): void {
  writeStored('language', { language })
  tellLanguage(language)
}

export function readTextSize(): string {
  return textSizeClass(systemFontSizePx())
}
