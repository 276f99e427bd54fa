import type { Platform } from '../platform.ts'

/** What a merchant of API v3 is given beside its certificate, as it stands now. */
export interface V3Credentials {
  /** `PUB_KEY_ID_…` */
  readonly publicKeyId: string
  readonly publicKey: string
  /** The serial of the newest platform certificate, and the certificate. */
  readonly platformSerial: string
  readonly platformCertificate: string
  /** The serial of the merchant's own certificate. */
  readonly merchantSerial: string
}

export function credentialsOf({ keys, merchantCertificate }: Platform): V3Credentials {
  const publicKey = keys.newest('public_key')
  const certificate = keys.newest('certificate')
  return {
    publicKeyId: publicKey.id,
    publicKey: publicKey.publicPem,
    platformSerial: certificate.id,
    platformCertificate: certificate.publicPem,
    merchantSerial: merchantCertificate.id,
  }
}
