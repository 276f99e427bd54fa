import { SIGNATURE_HEADERS, verify } from '@dashang/shared/signing/v3/verify'
import { Type } from 'typebox'
import type { HttpAnswer } from '../../wechat/http.ts'
import type { V3Account } from '../../wechat/v3/account.ts'
import { parseJson, readAs } from '../../wechat/v3/json.ts'
import type { Finding } from '../findings.ts'

const Refusal = Type.Object({ code: Type.String() })

/** The code of a refusal without its underscores, which WeChat writes or not. */
export const codeOf = ({ body }: HttpAnswer) =>
  (readAs(Refusal, parseJson(body))?.code ?? '').replaceAll('_', '')

export const isSigned = ({ headers }: HttpAnswer) =>
  headers[SIGNATURE_HEADERS.signature] !== undefined

/** Whether WeChat signed it with a key that is known here. */
export function judgeSignature(answer: HttpAnswer, { keys }: V3Account, now: Date): Finding[] {
  const known = new Map([...keys.publicKeys, ...keys.certificates].map(({ id, key }) => [id, key]))
  const verdict = verify(answer, (id) => known.get(id), now)
  if (verdict.kind === 'genuine') return []
  const detail = `${verdict.why} ${verdict.keyId ?? ''}`.trim()
  return [{ code: 'v3_untrusted', at: 'WECHAT_PAY_PUBLIC_KEYS', detail }]
}
