import { ALGORITHM, seal } from '@dashang/shared/signing/v3/resource'
import type { Platform } from '../platform.ts'
import { Refusal } from './refusal.ts'
import type { SigningKey } from './platform-key.ts'
import { sealNonce } from './seal-nonce.ts'
import { formatRfc3339 } from './time.ts'

/** All that are valid, each encrypted. https://pay.weixin.qq.com/doc/v3/merchant/4012551764 */
export function listCertificates(platform: Platform): object {
  const { keys } = platform
  if (keys.mode() === 'public_key') {
    throw new Refusal('NO_CERTIFICATE', 'the merchant is in the mode public_key; see /_sim/keys')
  }
  const certificates = keys.list().filter(({ kind }) => kind === 'certificate')
  return { data: certificates.map((certificate) => entryOf(platform, certificate)) }
}

function entryOf({ account, random }: Platform, { id, validity, publicPem }: SigningKey): object {
  if (validity === null) throw new Error('a certificate has a validity')
  const nonce = sealNonce(random.bytes(6))
  const sealed = { nonce, associatedData: 'certificate' }
  return {
    serial_no: id,
    effective_time: formatRfc3339(validity.from),
    expire_time: formatRfc3339(validity.to),
    encrypt_certificate: {
      algorithm: ALGORITHM,
      nonce,
      associated_data: sealed.associatedData,
      ciphertext: seal(publicPem, sealed, Buffer.from(account.v3Key)),
    },
  }
}
