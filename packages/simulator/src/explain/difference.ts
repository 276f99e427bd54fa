/** Where two texts part, in bytes of UTF-8. */
export interface Difference {
  readonly at: number
  readonly expected: string
  readonly given: string
}

const CONTEXT_BYTES = 24

/** `null` when they are the same. */
export function firstDifference(expected: string, given: string): Difference | null {
  const [left, right] = [Buffer.from(expected), Buffer.from(given)]
  if (left.equals(right)) return null
  const shorter = Math.min(left.length, right.length)
  let at = 0
  while (at < shorter && left[at] === right[at]) at += 1
  const around = (bytes: Buffer) =>
    visible(bytes.subarray(Math.max(at - CONTEXT_BYTES, 0), at).toString()) +
    '⟦' +
    visible(bytes.subarray(at, at + CONTEXT_BYTES).toString()) +
    '⟧'
  return { at, expected: around(left), given: around(right) }
}

/** Line ends can be the whole difference, so they show. */
export const visible = (text: string) =>
  text.replaceAll('\r', '␍').replaceAll('\n', '␊').replaceAll('\t', '␉')
