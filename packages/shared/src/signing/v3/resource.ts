import { createCipheriv, createDecipheriv } from 'node:crypto'
import { KeyError } from './keys.ts'

/** The one algorithm of API v3 for what it encrypts with the APIv3 key. */
export const ALGORITHM = 'AEAD_AES_256_GCM'

const CIPHER = 'aes-256-gcm'
const KEY_BYTES = 32
const TAG_BYTES = 16
const NONCE_BYTES = 12

/** What WeChat encrypted: the `resource` of a notification, or a certificate. */
export interface Sealed {
  /** Base64 of the ciphertext and, behind it, the tag of 16 bytes. */
  readonly ciphertext: string
  /** 12 characters, used as bytes. */
  readonly nonce: string
  /** Authenticated but not encrypted; may be empty. */
  readonly associatedData: string
}

/** What was not sealed with this key, or was changed since. */
export class SealError extends Error {
  override readonly name = 'SealError'
}

/**
 * The plaintext, and only if the tag fits; `key` is the APIv3 key, 32 bytes.
 * https://pay.weixin.qq.com/doc/v3/merchant/4012081709
 */
export function unseal(sealed: Sealed, key: Uint8Array): Buffer {
  const bytes = Buffer.from(sealed.ciphertext, 'base64')
  if (bytes.toString('base64') !== sealed.ciphertext || bytes.byteLength < TAG_BYTES) {
    throw new SealError('is not base64 with a tag')
  }
  const nonce = checkedNonce(sealed.nonce)
  const decipher = createDecipheriv(CIPHER, checkedKey(key), nonce, { authTagLength: TAG_BYTES })
  decipher.setAAD(Buffer.from(sealed.associatedData))
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
  try {
    return Buffer.concat([decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()])
  } catch (cause) {
    throw new SealError('was sealed with another key, or changed since', { cause })
  }
}

/** The `ciphertext` of what this key seals. */
export function seal(
  plaintext: string | Uint8Array,
  { nonce, associatedData }: Omit<Sealed, 'ciphertext'>,
  key: Uint8Array,
): string {
  const cipher = createCipheriv(CIPHER, checkedKey(key), checkedNonce(nonce), {
    authTagLength: TAG_BYTES,
  })
  cipher.setAAD(Buffer.from(associatedData))
  const bytes = [cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]
  return Buffer.concat(bytes).toString('base64')
}

function checkedNonce(nonce: string): Buffer {
  const bytes = Buffer.from(nonce)
  if (bytes.byteLength !== NONCE_BYTES) throw new SealError('has no nonce of 12 bytes')
  return bytes
}

// Node would take 16 bytes for AES-128 if the cipher were chosen by the key.
function checkedKey(key: Uint8Array): Uint8Array {
  if (key.byteLength !== KEY_BYTES) throw new KeyError('is not an APIv3 key of 32 bytes')
  return key
}
