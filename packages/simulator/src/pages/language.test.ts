import { describe, expect, it } from 'vitest'
import { languageOf } from './language.ts'

describe('the language of a page', () => {
  it.each([
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
    ['en-US,en;q=0.9', 'en'],
    ['fr, zh;q=0.2, en;q=0.7', 'en'],
    ['en;q=0, zh;q=0.1', 'zh'],
    ['fr-FR', 'zh'],
    ['', 'zh'],
    ['entirely wrong', 'zh'],
  ] as const)('of a reader of «%s» is %s', (acceptLanguage, language) => {
    expect(languageOf({ lang: undefined, acceptLanguage, fallback: 'zh' })).toBe(language)
  })

  it('is what the address asks for, whatever the browser likes', () => {
    expect(languageOf({ lang: 'zh', acceptLanguage: 'en', fallback: 'en' })).toBe('zh')
    expect(languageOf({ lang: 'tlh', acceptLanguage: 'en', fallback: 'zh' })).toBe('en')
  })
})
