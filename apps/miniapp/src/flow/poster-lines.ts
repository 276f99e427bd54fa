/** A word of letters, or one character as Chinese is, with what may not be parted from it. */
const UNIT = /(?:[《（「『“‘]*(?:[!-~\u00c0-\u024f]+|[^\s])[，。！？》」』、；：”’）…]*|\s)\s*/gu

export interface Room {
  readonly maxWidth: number
  readonly maxLines: number
}

/** Lines that fit, broken where a reader expects it; what there is no room for ends in «…». */
export function wrap(
  text: string,
  { maxWidth, maxLines }: Room,
  widthOf: (text: string) => number,
): readonly string[] {
  const fits = (line: string) => widthOf(line.trimEnd()) <= maxWidth
  const units = (text.match(UNIT) ?? []).flatMap((unit) => (fits(unit) ? [unit] : Array.from(unit)))
  const lines = ['']
  for (const unit of units) {
    const last = lines.length - 1
    const longer = `${lines[last] ?? ''}${unit}`
    if (fits(longer)) lines[last] = longer
    else lines.push(unit)
  }
  const trimmed = lines.map((line) => line.trim())
  if (trimmed.length <= maxLines) return trimmed
  const cut = Array.from(trimmed[maxLines - 1] ?? '').slice(0, -1)
  return [...trimmed.slice(0, maxLines - 1), `${cut.join('')}…`]
}
