import { Refusal } from './refusal.ts'
import { isObject } from './rules.ts'

interface Message {
  readonly body: Uint8Array
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
}

/** The JSON object of a request; `undefined` where there is no body. */
export function jsonBodyOf({ body, headers }: Message): unknown {
  if (body.byteLength === 0) return undefined
  const type = String(headers['content-type'] ?? '')
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    throw new Refusal('CONTENT_TYPE', `Content-Type is ${type || 'missing or malformed'}`)
  }
  const parsed = parse(body)
  if (isObject(parsed)) return parsed
  throw new Refusal('BODY_FORMAT', 'the body is no JSON object in UTF-8')
}

function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    return undefined
  }
}
