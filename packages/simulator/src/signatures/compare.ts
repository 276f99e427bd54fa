/** What a signature was checked against, kept for the person who looks for the mistake. */
export interface SignatureFacts {
  readonly algorithm: string
  /** The signature as it came. */
  readonly sentSignature: string
  /** What it should have been; `null` where only the client's private key could tell. */
  readonly expectedSignature: string | null
  /** The text that the client signed, where one of the usual mistakes explains its signature. */
  readonly sentText: string | null
  /** The text that should have been signed, with the key by its name. */
  readonly expectedText: string
  /** The mistake in words, where it is known. */
  readonly mistake: string | null
  /** The first byte that differs: of the texts when both are known, else of the signatures. */
  readonly firstDifferingByte: number | null
}

/** The index of the first byte in which two texts differ as UTF-8; `null` when they are the same. */
export function firstDifferingByte(sent: string, expected: string): number | null {
  const left = Buffer.from(sent)
  const right = Buffer.from(expected)
  const length = Math.max(left.length, right.length)
  for (let i = 0; i < length; i += 1) if (left[i] !== right[i]) return i
  return null
}
