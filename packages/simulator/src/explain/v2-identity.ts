import type { Fields } from '@dashang/shared/signing/v2'
import { refused, type Explanation } from './explanation.ts'
import type { ExplainKeys } from './keys.ts'

/** Who else a message is about; `null` when it is about whom it should be, as far as that is known. */
export function identityProblem(
  kind: string,
  fields: Fields,
  { appid, mchid }: ExplainKeys,
): Explanation | null {
  for (const [name, value] of Object.entries({ appid, mch_id: mchid })) {
    if (value === null || fields[name] === value) continue
    const detail = `${name} is ${fields[name] ?? 'missing'}, not ${value}`
    return refused(kind, 'identity', { detail })
  }
  return null
}
