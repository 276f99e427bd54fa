import { createCipheriv, createDecipheriv, createHash } from 'node:crypto'
import type { Fields } from './v2.ts'
import { parseXml, writeXml, XmlError } from './xml.ts'

const CIPHER = 'aes-256-ecb'

/** Why a `req_info` was refused. It is not signed: what can be read may still be a lie. */
export class RefundNoticeError extends Error {
  override readonly name = 'RefundNoticeError'
}

/**
 * The fields inside the `req_info` of a refund notice; `key` is the API key of the merchant.
 * https://pay.weixin.qq.com/wiki/doc/api/wxa/wxa_api.php?chapter=9_16
 */
export function decryptRefundNotice(reqInfo: string, key: string): Fields {
  try {
    return parseXml(decrypt(reqInfo, key), 'root')
  } catch (cause) {
    if (!(cause instanceof XmlError)) throw cause
    throw new RefundNoticeError('no document in it', { cause })
  }
}

/** The `req_info` that says these fields. */
export function encryptRefundNotice(fields: Fields, key: string): string {
  const cipher = createCipheriv(CIPHER, cipherKey(key), null)
  return Buffer.concat([cipher.update(writeXml(fields, 'root')), cipher.final()]).toString('base64')
}

function decrypt(reqInfo: string, key: string): Buffer {
  const bytes = Buffer.from(reqInfo, 'base64')
  // Node reads over what is not base64.
  if (reqInfo === '' || bytes.toString('base64') !== reqInfo) {
    throw new RefundNoticeError('not base64')
  }
  const decipher = createDecipheriv(CIPHER, cipherKey(key), null)
  try {
    return Buffer.concat([decipher.update(bytes), decipher.final()])
  } catch (cause) {
    throw new RefundNoticeError('cannot be decrypted', { cause })
  }
}

/** The 32 characters of the lower-case hex MD5, not the 16 bytes that they write. */
function cipherKey(key: string): Buffer {
  return Buffer.from(createHash('md5').update(key).digest('hex'))
}
