import type { Static, TSchema } from 'typebox'
import { Value } from 'typebox/value'

/** `undefined` for what is not JSON. */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
}

/** `null` for what does not fit; more than the schema names is let through, for WeChat adds to it. */
export function readAs<Schema extends TSchema>(
  schema: Schema,
  value: unknown,
): Static<Schema> | null {
  return Value.Check(schema, value) ? value : null
}
