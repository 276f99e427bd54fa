import { readCertificate, type Certificate } from '@dashang/shared/signing/v3/keys'
import { ALGORITHM, unseal } from '@dashang/shared/signing/v3/resource'
import { verify } from '@dashang/shared/signing/v3/verify'
import { Type } from 'typebox'
import type { V3Account } from './account.ts'
import { parseJson, readAs } from './json.ts'
import type { FetchCertificates } from './key-ring.ts'
import type { V3Send } from './send.ts'

const CertificateList = Type.Object({
  data: Type.Array(
    Type.Object({
      serial_no: Type.String(),
      encrypt_certificate: Type.Object({
        algorithm: Type.Literal(ALGORITHM),
        nonce: Type.String(),
        associated_data: Type.Optional(Type.String()),
        ciphertext: Type.String(),
      }),
    }),
  ),
})

/** Told why there was no answer to believe; without certificates nothing of WeChat is believed. */
export type OnCertificatesFailed = (why: string) => void

/**
 * Asks WeChat for its certificates. They are sealed with the APIv3 key, which says that they are
 * WeChat's; and the answer is signed by WeChat, which says that the list is of now.
 * https://pay.weixin.qq.com/doc/v3/merchant/4012551764
 */
export function createCertificateSource(
  send: V3Send,
  account: V3Account,
  onFailed: OnCertificatesFailed = () => undefined,
): FetchCertificates {
  const fail = (why: string) => {
    onFailed(why)
    return null
  }
  return async (now) => {
    const answer = await send({ method: 'GET', target: '/v3/certificates' })
    if (answer.kind === 'unknown') return fail(answer.why)
    if (answer.status !== 200) return fail(`HTTP_${answer.status}`)
    const certificates = readList(answer.body, account)
    if (certificates === null) return fail('not_ours')
    // Who has a public key as well asks for the answer to be signed with it.
    const known = [...certificates, ...account.keys.publicKeys]
    const keyOf = (id: string) => known.find((each) => each.id === id)?.key
    const verdict = verify(answer, keyOf, now)
    return verdict.kind === 'genuine' ? certificates : fail(verdict.why)
  }
}

/** `null` unless every one of them can be unsealed and has the serial that it is told to have. */
function readList(body: Uint8Array, { keys }: V3Account): readonly Certificate[] | null {
  const list = readAs(CertificateList, parseJson(body))
  if (list === null) return null
  try {
    const certificates = list.data.map(({ serial_no, encrypt_certificate: sealed }) => {
      const { ciphertext, nonce, associated_data: associatedData = '' } = sealed
      const pem = unseal({ ciphertext, nonce, associatedData }, keys.apiV3Key).toString()
      const certificate = readCertificate(pem)
      return certificate.id === serial_no.toUpperCase() ? certificate : null
    })
    return certificates.some((each) => each === null)
      ? null
      : certificates.filter((c) => c !== null)
  } catch {
    // Sealed with another key, or no certificate: nothing of the list is believed.
    return null
  }
}
