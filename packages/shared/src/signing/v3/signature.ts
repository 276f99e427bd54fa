import { sign as signBytes, verify as verifyBytes, type KeyObject } from 'node:crypto'

const DIGEST = 'sha256'

/** What both kinds of message have in common. */
export interface Stamp {
  /** Unix time in seconds. */
  readonly timestamp: string
  /** At most 32 characters. */
  readonly nonce: string
  /** Exactly as it goes over the wire; empty where there is none. */
  readonly body: string | Uint8Array
}

export interface RequestToSign extends Stamp {
  /** In capitals. */
  readonly method: string
  /** Path and query, percent-encoded as sent, without scheme and host. */
  readonly target: string
}

/**
 * The five lines of a request, each ended by a line feed, also the last.
 * https://pay.weixin.qq.com/doc/v3/merchant/4012365336
 */
export function requestText({ method, target, timestamp, nonce, body }: RequestToSign): Buffer {
  return lines(method, target, timestamp, nonce, body)
}

/**
 * The three lines of an answer or a notification of WeChat.
 * https://pay.weixin.qq.com/doc/v3/merchant/4013053249
 */
export function answerText({ timestamp, nonce, body }: Stamp): Buffer {
  return lines(timestamp, nonce, body)
}

/** SHA256 with RSA (PKCS #1 v1.5), base64. */
export function sign(text: Uint8Array, key: KeyObject): string {
  return signBytes(DIGEST, text, key).toString('base64')
}

/** False as well for what is not base64 to the letter: there is one way to write a signature. */
export function isSignedBy(text: Uint8Array, signature: string, key: KeyObject): boolean {
  const bytes = Buffer.from(signature, 'base64')
  return bytes.toString('base64') === signature && verifyBytes(DIGEST, text, key, bytes)
}

function lines(...parts: readonly (string | Uint8Array)[]): Buffer {
  return Buffer.concat(parts.flatMap((part) => [Buffer.from(part), LINE_FEED]))
}

const LINE_FEED = Buffer.from('\n')
