import Taro from '@tarojs/taro'
import type { Language } from '../words/words'

/** WeChat before 2.20.1 knows the older call only. system.h5.ts is the preview's. */
function appInfo(): { language?: string; fontSizeSetting?: number } {
  return Taro.canIUse('getAppBaseInfo') ? Taro.getAppBaseInfo() : Taro.getSystemInfoSync()
}

export function systemLanguage(): string {
  return appInfo().language ?? ''
}

const STANDARD_PX = 16

/** What a person chose for texts in WeChat's own settings. */
export function systemFontSizePx(): number {
  return appInfo().fontSizeSetting ?? STANDARD_PX
}

/** WeChat reads a page aloud in the language of the phone; there is nothing to tell. */
export const tellLanguage: (language: Language) => void = () => undefined
