/** What a person may write for all to read, counted by `countCharacters`. */
export const MAX_MESSAGE_CHARACTERS = 50
export const MAX_NAME_CHARACTERS = 20

type Range = readonly [from: number, to: number]

/** What is seen by nobody, or turns around what stands beside it. */
const UNSEEN: readonly Range[] = [
  [0x0000, 0x001f],
  [0x007f, 0x009f],
  [0x200b, 0x200b],
  [0x200e, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x2069],
  [0xd800, 0xdfff],
  [0xfeff, 0xfeff],
  [0xfff0, 0xfffb],
  [0xe0000, 0xe001f],
]

/** One way to write what looks the same, without space around it; counted and kept like this. */
export function cleanWords(text: string): string {
  return text.normalize('NFC').trim()
}

/** Code points: an emoji counts one, or as many as it is made of. The database counts the same. */
export function countCharacters(text: string): number {
  return Array.from(text).length
}

/** False for control characters, half characters, and marks that change the direction of text. */
export function isPlainText(text: string): boolean {
  return Array.from(text).every((character) => {
    const code = character.codePointAt(0) ?? 0
    return !UNSEEN.some(([from, to]) => from <= code && code <= to)
  })
}
