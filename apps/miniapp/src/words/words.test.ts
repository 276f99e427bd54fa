import { expect, it } from 'vitest'
import { errorWords } from './errors'
import { LANGUAGES, languageOf } from './words'

it.each([
  ['zh_CN', 'zh'],
  ['zh-Hant-TW', 'zh'],
  ['en', 'en'],
  ['en_US', 'en'],
  ['en-GB', 'en'],
  ['fr', 'zh'],
  ['', 'zh'],
] as const)('a phone in %j is spoken to in %s', (system, language) => {
  expect(languageOf(system)).toBe(language)
})

it('has a word for a code of a later server', () => {
  expect(errorWords(LANGUAGES.en, 'CASE_SETTLED')).toBe(LANGUAGES.en.errors.INTERNAL)
  expect(errorWords(LANGUAGES.zh, 'WECHAT_BUSY')).toBe('微信繁忙，请稍后再试')
})

// The types say that every text is there; only reading says that nobody left it in Chinese.
it('leaves nothing of the English in Chinese', () => {
  const texts: string[] = []
  const collect = (value: unknown): void => {
    if (typeof value === 'string') texts.push(value)
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(collect)
  }
  const { switchLanguage, switchLanguageLabel, ...common } = LANGUAGES.en.common
  collect({ ...LANGUAGES.en, common })
  expect(texts.length).toBeGreaterThan(100)
  expect(texts.filter((text) => /\p{Script=Han}/u.test(text))).toEqual([])
  expect([switchLanguage, switchLanguageLabel]).toEqual(['中文', '切换到中文'])
})
