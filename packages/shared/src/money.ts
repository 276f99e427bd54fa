/** The largest amount one order may carry, whatever the operator configures: ¥50,000. */
export const MAX_ORDER_FEN = 5_000_000

/** `500` → `¥5.00`. The text is cut, not divided, so no fen can be lost to rounding. */
export function formatYuan(amountFen: number): string {
  if (!Number.isSafeInteger(amountFen)) throw new RangeError('an amount is a whole number of fen')
  return formatScaled(amountFen, FEN_DECIMALS)
}

/** `4000` → `¥0.04000`: a fee, in thousandths of a fen. */
export function formatFee(feeMilliFen: number): string {
  if (!Number.isSafeInteger(feeMilliFen)) throw new RangeError('a fee is a whole number')
  return formatScaled(feeMilliFen, FEE_DECIMALS)
}

/** `"500"` → `500`. Anything that is not plainly a whole number of fen is `null`. */
export function parseFen(text: string): number | null {
  return /^(0|[1-9][0-9]{0,9})$/.test(text) ? Number(text) : null
}

/** `"5.00"`, `"5.0"` and `"5"` → `500`; a part of a fen, or no decimal at all, is `null`. */
export function yuanToFen(text: string): number | null {
  return parseScaled(text, FEN_DECIMALS)
}

/** `"0.04000"` → `4000`: WeChat writes fees in yuan with five decimals, a returned one negative. */
export function yuanToMilliFen(text: string): number | null {
  return parseScaled(text, FEE_DECIMALS)
}

const FEN_DECIMALS = 2
const FEE_DECIMALS = 5

// Moves the point within the text: a float never holds an amount, so none can be rounded.
function parseScaled(text: string, decimals: number): number | null {
  const [, sign, whole, fraction] = /^(-?)([0-9]{1,16})(?:\.([0-9]{1,16}))?$/.exec(text) ?? []
  if (whole === undefined) return null
  const digits = (fraction ?? '').replace(/0+$/, '').padEnd(decimals, '0')
  if (digits.length > decimals) return null
  const scaled = Number(`${whole}${digits}`)
  if (!Number.isSafeInteger(scaled)) return null
  return sign === '-' && scaled !== 0 ? -scaled : scaled
}

function formatScaled(scaled: number, decimals: number): string {
  const digits = String(Math.abs(scaled)).padStart(decimals + 1, '0')
  return `${scaled < 0 ? '-' : ''}¥${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}
