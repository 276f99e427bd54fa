import { createContext, useContext } from 'react'
import { LANGUAGES, type Language } from './words'
import type { Words } from './zh'

/** What a person set, on the phone or here, and every page draws by. */
export interface Preferences {
  readonly language: Language
  /** The class of the page's root that makes all text larger. */
  readonly textSize: string
  switchLanguage(): void
}

export const PreferencesContext = createContext<Preferences>({
  language: 'zh',
  textSize: '',
  switchLanguage: () => undefined,
})

export const usePreferences = (): Preferences => useContext(PreferencesContext)

export const useWords = (): Words => LANGUAGES[usePreferences().language]
