import { cleanWords, countCharacters, isPlainText } from '@dashang/shared/words'

/** What may be said of a text while it is written, before the server says it. */
export type TextState =
  | { readonly kind: 'fits'; readonly left: number }
  | { readonly kind: 'too_long'; readonly over: number }
  | { readonly kind: 'not_plain' }

const BREAKS = /[\n\v\f\r\u0085\u2028\u2029]+/g

/** What is counted and sent of a text: the server takes one line, so a break is a space in it. */
export function oneLine(text: string): string {
  return cleanWords(text.replace(BREAKS, ' '))
}

export function textState(text: string, maxLength: number): TextState {
  const clean = oneLine(text)
  if (!isPlainText(clean)) return { kind: 'not_plain' }
  const left = maxLength - countCharacters(clean)
  return left < 0 ? { kind: 'too_long', over: -left } : { kind: 'fits', left }
}
