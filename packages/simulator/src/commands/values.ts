/** What is wrong with a value of the command line, as «is …» or «has …», or nothing. */
type Problem = string | null

export const isPort = (value: string) =>
  /^\d{1,5}$/.test(value) && Number(value) <= 65_535 ? null : 'is no port (0 to 65535)'

export const isShort = (value: string) =>
  /^[\w-]{1,32}$/.test(value) ? null : 'is not 1 to 32 letters and digits'

export function isKeyOf32(value: string): Problem {
  const bytes = Buffer.byteLength(value)
  return bytes === 32 ? null : `has ${bytes} bytes; a key of WeChat Pay has exactly 32`
}

export const oneOf = (known: readonly string[]) => (value: string) =>
  known.includes(value) ? null : `is none of ${known.join(', ')}`

/** RFC 3339: with an offset, so that nobody has to guess where midnight is. */
export function isMoment(value: string): Problem {
  const isWritten = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?(Z|[+-]\d\d:\d\d)$/.test(value)
  if (isWritten && !Number.isNaN(Date.parse(value))) return null
  return 'is no time of RFC 3339, like 2026-01-31T09:00:00+08:00'
}

export const isUrl = (value: string) =>
  /^https?:\/\//.test(value) ? null : 'is no address of http or https'
export const isHeader = (value: string) =>
  /^[\w-]+:\s*\S/.test(value) ? null : 'is not of the form «Name: value»'
export const isAmount = (value: string) =>
  /^[1-9]\d{0,8}$/.test(value) ? null : 'is no amount in fen, like 101'
export const isSeconds = (value: string) =>
  /^\d{1,5}$/.test(value) ? null : 'is no number of seconds'
export const isCondition = (value: string) =>
  /^[^=]+=[^=]+$/.test(value) ? null : 'is not of the form data.status=PAID,FINISHED'
