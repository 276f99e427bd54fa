import { createPrivateKey, createPublicKey, X509Certificate, type KeyObject } from 'node:crypto'

const API_V3_KEY_BYTES = 32
const MIN_MODULUS_BITS = 2048

/** A key that nothing can be signed, checked or decrypted with; the message says why, never the key. */
export class KeyError extends Error {
  override readonly name = 'KeyError'
}

/** The public half of one of WeChat's keys, by the name that it goes by in `Wechatpay-Serial`. */
export interface PlatformKey {
  /** `PUB_KEY_ID_…`, or the serial of a platform certificate in upper-case hex. */
  readonly id: string
  readonly key: KeyObject
}

/** A certificate of WeChat or of a merchant. */
export interface Certificate extends PlatformKey {
  readonly validFrom: Date
  readonly validTo: Date
}

/** The private key of a merchant: RSA, at least 2048 bits, PEM. */
export function readPrivateKey(pem: string): KeyObject {
  return readRsa('private key', () => createPrivateKey(pem))
}

/** A public key of WeChat Pay: RSA, at least 2048 bits, PEM. */
export function readPublicKey(pem: string): KeyObject {
  // Node would also take the public half out of a private key or a certificate.
  if (!firstLabel(pem).endsWith('PUBLIC KEY-----')) {
    throw new KeyError('is not the PEM text of a public key')
  }
  return readRsa('public key', () => createPublicKey(pem))
}

/** A certificate as PEM text; its `id` is its serial. */
export function readCertificate(pem: string): Certificate {
  const certificate = attempt('certificate', () => new X509Certificate(pem))
  return {
    id: certificate.serialNumber.toUpperCase(),
    key: readRsa('certificate', () => certificate.publicKey),
    validFrom: certificate.validFromDate,
    validTo: certificate.validToDate,
  }
}

/**
 * The APIv3 key of a merchant, from its text of exactly 32 bytes.
 * https://pay.weixin.qq.com/doc/v3/merchant/4012081709
 */
export function readApiV3Key(text: string): Buffer {
  const key = Buffer.from(text)
  if (key.byteLength !== API_V3_KEY_BYTES) {
    throw new KeyError(`has ${key.byteLength} bytes; an APIv3 key has exactly 32`)
  }
  return key
}

/** OpenSSL reads the first that it knows, so what stands behind it does not count. */
function firstLabel(pem: string): string {
  return /-----BEGIN [A-Z0-9 ]+-----/.exec(pem)?.[0] ?? ''
}

function readRsa(what: string, read: () => KeyObject): KeyObject {
  const key = attempt(what, read)
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0
  if (key.asymmetricKeyType !== 'rsa' || bits < MIN_MODULUS_BITS) {
    throw new KeyError(`is not RSA of at least ${MIN_MODULUS_BITS} bits`)
  }
  return key
}

function attempt<T>(what: string, read: () => T): T {
  try {
    return read()
  } catch (cause) {
    throw new KeyError(`is not the PEM text of a ${what}`, { cause })
  }
}
