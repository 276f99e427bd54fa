import { cleanWords, countCharacters, isPlainText } from '@dashang/shared/words'

/** What may be said of a text while it is written, before the server says it. */
export type TextState =
  | { readonly kind: 'fits'; readonly left: number }
  | { readonly kind: 'too_long'; readonly over: number }
  | { readonly kind: 'not_plain' }

export function textState(text: string, maxLength: number): TextState {
  const clean = cleanWords(text)
  if (!isPlainText(clean)) return { kind: 'not_plain' }
  const left = maxLength - countCharacters(clean)
  return left < 0 ? { kind: 'too_long', over: -left } : { kind: 'fits', left }
}
