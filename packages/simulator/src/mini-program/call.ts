import { Value } from 'typebox/value'
import type { Static, TSchema } from 'typebox'
import type { Platform } from '../platform.ts'
import { WeixinRefusal } from './errors.ts'

export interface CallInput {
  readonly query: Readonly<Record<string, string>>
  /** The body, if it was JSON. */
  readonly json: unknown
  /** The fault that struck, for the calls that have faults of their own. */
  readonly fault: string | null
}

/** One call of api.weixin.qq.com, behind the door that all of them share. */
export interface MiniProgramCall {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly needsToken: boolean
  readonly run: (platform: Platform, input: CallInput) => object
}

/** The body as this schema has it; another one is no body at all. */
export function readJson<Schema extends TSchema>(schema: Schema, json: unknown): Static<Schema> {
  if (Value.Check(schema, json)) return json
  const [first] = Value.Errors(schema, json)
  throw new WeixinRefusal('NOT_JSON', `${first?.instancePath ?? ''} ${first?.message ?? ''}`)
}
