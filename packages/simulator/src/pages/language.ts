export const LANGUAGES = ['zh', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

/** The marks of a language for browsers and screen readers. */
export const LANGUAGE_TAGS = { zh: 'zh-CN', en: 'en' } as const satisfies Record<Language, string>

interface Wishes {
  /** `?lang=`, which wins. */
  readonly lang: string | undefined
  readonly acceptLanguage: string | undefined
  readonly fallback: Language
}

/** The language that the reader likes best of those that there are. */
export function languageOf({ lang, acceptLanguage, fallback }: Wishes): Language {
  return match(lang ?? '') ?? firstMatch(acceptLanguage ?? '') ?? fallback
}

function firstMatch(acceptLanguage: string): Language | undefined {
  const ranked = acceptLanguage
    .split(',')
    .map((part) => {
      const [tag = '', quality = ''] = part.split(';')
      return { language: match(tag.trim()), quality: Number(/q=([\d.]+)/.exec(quality)?.[1] ?? 1) }
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
  return ranked.find(({ language }) => language !== undefined)?.language
}

function match(tag: string): Language | undefined {
  return LANGUAGES.find((language) => new RegExp(`^${language}(-|$)`, 'i').test(tag))
}
