import {
  createCipheriv,
  createDecipheriv,
  generateKeyPairSync,
  sign as signBytes,
  verify as verifyBytes,
} from 'node:crypto'
import { seal, unseal, type Sealed } from '../src/signing/v3/resource.ts'
import { answerText, isSignedBy, requestText, sign } from '../src/signing/v3/signature.ts'
import { SIGNATURE_HEADERS, verify } from '../src/signing/v3/verify.ts'
import type { Pair } from './pair.ts'

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const key = Buffer.from('0123456789ABCDEF0123456789abcdef')
const label = { nonce: '5K8264ILTKCH', associatedData: 'transaction' }
const timestamp = '1769860800'
const nonce = '5K8264ILTKCH16CQ2502SI8ZNMTM67VS'
const now = new Date(Number(timestamp) * 1000)
const keyId = 'PUB_KEY_ID_0119000000012026010100000000000001'

/** What a payment notification holds. */
const PLAINTEXT = JSON.stringify({
  mchid: '1900000001',
  appid: 'wx0123456789abcdef',
  out_trade_no: '0123456789abcdef0123456789abcdef',
  transaction_id: '4200000000202601310000000001',
  trade_type: 'JSAPI',
  trade_state: 'SUCCESS',
  trade_state_desc: '支付成功',
  bank_type: 'OTHERS',
  attach: '',
  success_time: '2026-01-31T20:00:00+08:00',
  payer: { openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o' },
  amount: { total: 500, payer_total: 500, currency: 'CNY', payer_currency: 'CNY' },
})
const ciphertext = seal(PLAINTEXT, label, key)
const sealed: Sealed = { ...label, ciphertext }
const bytes = Buffer.from(ciphertext, 'base64')
const body = Buffer.from(
  JSON.stringify({
    id: 'f6d3e392-7a32-5e7a-97d7-12a343048b1c',
    create_time: '2026-01-31T20:00:00+08:00',
    resource_type: 'encrypt-resource',
    event_type: 'TRANSACTION.SUCCESS',
    summary: '支付成功',
    resource: { ...sealed, algorithm: 'AEAD_AES_256_GCM', original_type: 'transaction' },
  }),
)
const request = {
  method: 'POST',
  target: '/v3/pay/transactions/jsapi',
  timestamp,
  nonce,
  body: PLAINTEXT,
}
const requestBytes = requestText(request)
const answerBytes = answerText({ timestamp, nonce, body })
const signature = sign(answerBytes, privateKey)
const signatureBytes = Buffer.from(signature, 'base64')
const headers = {
  [SIGNATURE_HEADERS.timestamp]: timestamp,
  [SIGNATURE_HEADERS.nonce]: nonce,
  [SIGNATURE_HEADERS.signature]: signature,
  [SIGNATURE_HEADERS.keyId]: keyId,
}

function bareSeal(): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, label.nonce)
  cipher.setAAD(Buffer.from(label.associatedData))
  return Buffer.concat([cipher.update(PLAINTEXT), cipher.final(), cipher.getAuthTag()])
}

function bareUnseal(): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, label.nonce, { authTagLength: 16 })
  decipher.setAAD(Buffer.from(label.associatedData))
  decipher.setAuthTag(bytes.subarray(-16))
  return Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()])
}

const bareVerify = () => verifyBytes('sha256', answerBytes, publicKey, signatureBytes)

/** Signed, fresh, opened and read. */
function receive(): unknown {
  const { kind } = verify({ headers, body }, () => publicKey, now)
  if (kind !== 'genuine') throw new Error('refused')
  const { resource } = JSON.parse(body.toString()) as { resource: Sealed }
  return JSON.parse(unseal(resource, key).toString())
}

/** Bare: the primitive alone, over bytes that are ready. */
export const V3_PAIRS = {
  'v3: sign a request': {
    ours: () => sign(requestText(request), privateKey),
    bare: () => signBytes('sha256', requestBytes, privateKey),
  },
  'v3: verify an answer': {
    ours: () => isSignedBy(answerText({ timestamp, nonce, body }), signature, publicKey),
    bare: bareVerify,
  },
  'v3: seal': { ours: () => seal(PLAINTEXT, label, key), bare: bareSeal },
  'v3: unseal': { ours: () => unseal(sealed, key), bare: bareUnseal },
  'v3: a notification from its bytes': { ours: receive, bare: () => [bareVerify(), bareUnseal()] },
} as const satisfies Record<string, Pair>
