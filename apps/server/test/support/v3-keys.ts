import { createPrivateKey, createPublicKey, randomUUID, type KeyObject } from 'node:crypto'
import {
  readApiV3Key,
  readCertificate,
  readPrivateKey,
  readPublicKey,
  type Certificate,
} from '@dashang/shared/signing/v3/keys'
import { ALGORITHM, seal } from '@dashang/shared/signing/v3/resource'
import { answerText, sign } from '@dashang/shared/signing/v3/signature'
import { makeCertificates } from '@dashang/simulator'
import type { V3Keys } from '../../src/wechat/v3/account.ts'
import { ACCOUNT } from './config.ts'

export const PUBLIC_KEY_ID = 'PUB_KEY_ID_0119000000012026010100000001'

/** A key that WeChat signs with, under the name that it gives it. */
export interface Signer {
  readonly id: string
  readonly privateKey: KeyObject
  /** With the public half in it; PEM. */
  readonly certificate: string
  readonly publicKey: string
}

/** Whose certificate it is makes no difference for the key in it. */
export async function makeSigner(): Promise<Signer> {
  const { merchantCert: certificate, merchantKey } = await makeCertificates('1900000001')
  return {
    id: readCertificate(certificate).id,
    privateKey: createPrivateKey(merchantKey),
    certificate,
    publicKey: createPublicKey(certificate).export({ type: 'spki', format: 'pem' }).toString(),
  }
}

export interface MadeKeys {
  readonly merchant: { readonly cert: string; readonly key: string }
  /** By public key, under `PUBLIC_KEY_ID`. */
  readonly platform: Signer
}

export async function makeKeys(): Promise<MadeKeys> {
  const [made, platform] = await Promise.all([makeCertificates('1900000001'), makeSigner()])
  return {
    merchant: { cert: made.merchantCert, key: made.merchantKey },
    platform: { ...platform, id: PUBLIC_KEY_ID },
  }
}

/** As the server has read them: in public-key mode, or with these certificates known beforehand. */
export function readKeys(
  { merchant, platform }: MadeKeys,
  certificates: readonly Certificate[] | null = null,
): V3Keys {
  const publicKey = { id: platform.id, key: readPublicKey(platform.publicKey) }
  return {
    apiV3Key: readApiV3Key(ACCOUNT.v3Key),
    privateKey: readPrivateKey(merchant.key),
    serialNo: readCertificate(merchant.cert).id,
    publicKeys: certificates === null ? [publicKey] : [],
    certificates: certificates ?? [],
  }
}

/** The four headers that say that WeChat wrote these bytes just then. */
export function signedHeaders(
  body: string,
  { id, privateKey }: Pick<Signer, 'id' | 'privateKey'>,
  at: Date,
): Record<string, string> {
  const stamp = { timestamp: String(Math.floor(at.getTime() / 1000)), nonce: 'nonce-of-wechat' }
  return {
    'wechatpay-timestamp': stamp.timestamp,
    'wechatpay-nonce': stamp.nonce,
    'wechatpay-signature': sign(answerText({ ...stamp, body }), privateKey),
    'wechatpay-serial': id,
  }
}

/** The body of a notification about this. */
export function envelopeOf(eventType: string, content: object, key = ACCOUNT.v3Key): string {
  const associatedData = eventType.startsWith('REFUND') ? 'refund' : 'transaction'
  return JSON.stringify({
    id: randomUUID(),
    create_time: '2026-01-01T12:00:00+08:00',
    resource_type: 'encrypt-resource',
    event_type: eventType,
    summary: '支付成功',
    resource: {
      original_type: associatedData,
      ...sealedAs(associatedData, JSON.stringify(content), key),
    },
  })
}

/** What WeChat seals with the APIv3 key, as it writes it. */
export function sealedAs(associatedData: string, plaintext: string, key = ACCOUNT.v3Key) {
  const nonce = 'nonce-of-12b'
  const ciphertext = seal(plaintext, { nonce, associatedData }, readApiV3Key(key))
  return { algorithm: ALGORITHM, ciphertext, associated_data: associatedData, nonce }
}
