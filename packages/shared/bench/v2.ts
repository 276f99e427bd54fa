import { createHash, createHmac } from 'node:crypto'
import { canonicalText, isSignedBy, signed, sign, type SignType } from '../src/signing/v2.ts'
import { parseXml, writeXml } from '../src/signing/xml.ts'
import type { Pair } from './pair.ts'

const key = '0123456789abcdef0123456789abcdef'

/** A payment notification of the usual size. */
const FIELDS = {
  appid: 'wx0123456789abcdef',
  attach: '打赏',
  bank_type: 'OTHERS',
  cash_fee: '500',
  fee_type: 'CNY',
  is_subscribe: 'N',
  mch_id: '1900000001',
  nonce_str: '5K8264ILTKCH16CQ2502SI8ZNMTM67VS',
  openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
  out_trade_no: '0123456789abcdef0123456789abcdef',
  result_code: 'SUCCESS',
  return_code: 'SUCCESS',
  time_end: '20260131120000',
  total_fee: '500',
  trade_type: 'JSAPI',
  transaction_id: '4200000000202601310000000001',
}

const DIGESTS = {
  MD5: (text) => createHash('md5').update(text).digest('hex'),
  'HMAC-SHA256': (text) => createHmac('sha256', key).update(text).digest('hex'),
} as const satisfies Record<SignType, (text: string) => string>

/** Bare: the digest alone, of a text that is ready. */
function pairsOf(signType: SignType): Record<string, Pair> {
  const signingKey = { key, signType }
  const message = signed(FIELDS, signingKey)
  const document = Buffer.from(writeXml(message))
  const text = `${canonicalText(FIELDS)}&key=${key}`
  const bare = () => DIGESTS[signType](text)
  return {
    [`v2 ${signType}: sign`]: { ours: () => sign(FIELDS, signingKey), bare },
    [`v2 ${signType}: verify`]: { ours: () => isSignedBy(message, signingKey), bare },
    [`v2 ${signType}: a notification from its bytes`]: {
      ours: () => isSignedBy(parseXml(document), signingKey),
      bare,
    },
  }
}

export const V2_PAIRS = { ...pairsOf('MD5'), ...pairsOf('HMAC-SHA256') }
