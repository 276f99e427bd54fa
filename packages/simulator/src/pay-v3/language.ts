/** The two that there are texts in; Hong Kong and Taiwan get the standard one. */
export type Language = 'zh-CN' | 'en'

/** One text in both. */
export interface Words {
  readonly zh: string
  readonly en: string
}

/** What the first language of `Accept-Language` is here. */
export const languageOf = (header: string | readonly string[] | undefined): Language =>
  /^\s*en\b/i.test(String(header ?? '')) ? 'en' : 'zh-CN'
