/** A request, or an answer, as it went over the wire. */
export interface HttpMessage {
  /** `null` where only headers and body were given, as of a notification kept in a log. */
  readonly method: string | null
  /** Path and query, as sent. */
  readonly target: string | null
  /** Of an answer. */
  readonly status: number | null
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/** What cannot be read as HTTP; the message says which line. */
export class HttpFormatError extends Error {
  override readonly name = 'HttpFormatError'
}

const REQUEST_LINE = /^([A-Z]+) (\S+)(?: HTTP\/\d(?:\.\d)?)?$/
const STATUS_LINE = /^HTTP\/\d(?:\.\d)? (\d{3})/

/** Reads start line, headers and, behind an empty line, the body; line ends may be LF or CRLF. */
export function readRawHttp(raw: Buffer): HttpMessage {
  const [end, length] = endOfHead(raw)
  const message = readHead(raw.subarray(0, end).toString('latin1'))
  const body = raw.subarray(end + length)
  return { ...message, body: cutToLength(body, message.headers['content-length']) }
}

/** The start line, if there is one, and the headers. */
export function readHead(text: string): Omit<HttpMessage, 'body'> {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '')
  const [first = ''] = lines
  const [, method = null, target = null] = REQUEST_LINE.exec(first) ?? []
  const status = STATUS_LINE.exec(first)?.[1] ?? null
  const hasStartLine = method !== null || status !== null
  const headers = (hasStartLine ? lines.slice(1) : lines).map((line) => {
    const [, name, value] = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*(.*?)[ \t]*$/.exec(line) ?? []
    if (name === undefined || value === undefined) {
      throw new HttpFormatError(`no start line and no header: ${line.slice(0, 80)}`)
    }
    return [name.toLowerCase(), value] as const
  })
  return {
    method,
    target: target && pathOf(target),
    status: status === null ? null : Number(status),
    headers: Object.fromEntries(headers),
  }
}

/** The signature covers path and query alone. */
export function pathOf(url: string): string {
  return url.replace(/^https?:\/\/[^/?#]+/i, '').replace(/^(?!\/)/, '/')
}

// Where the head ends, and how many bytes separate it from the body.
function endOfHead(raw: Buffer): [end: number, length: number] {
  const ends = ['\r\n\r\n', '\n\n'].map((mark) => [raw.indexOf(mark), mark.length] as const)
  const found = ends.filter(([at]) => at >= 0).sort(([a], [b]) => a - b)
  const [at, length] = found[0] ?? [raw.length, 0]
  return [at, length]
}

// An editor ends a file with a line feed that was never sent; the length that was sent knows. A body
// that was written anew is longer by more than that, and the whole of it shows how.
function cutToLength(body: Buffer, length: string | undefined): Buffer {
  const bytes = Number(length ?? '')
  if (length === undefined || !Number.isInteger(bytes) || bytes >= body.length) return body
  const isLineEnd = /^[\r\n]+$/.test(body.subarray(bytes).toString('latin1'))
  return isLineEnd ? body.subarray(0, bytes) : body
}
