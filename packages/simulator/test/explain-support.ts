import { writeXml } from '@dashang/shared/signing/xml'
import type { Fields } from '@dashang/shared/signing/v2'
import type { HttpMessage } from '../src/explain/http-message.ts'
import type { ExplainKeys } from '../src/explain/keys.ts'
import { ACCOUNT } from './account.ts'
import { orderFields } from './merchant.ts'

export const KEY = ACCOUNT.v2Key
export const NO_KEYS: ExplainKeys = {
  v2Key: null,
  v3Key: null,
  merchant: null,
  platform: [],
  appid: null,
  mchid: null,
  signedText: null,
  at: new Date(),
}
export const V2_KEYS = { ...NO_KEYS, v2Key: KEY }

export const post = (body: string, target: string | null = null): HttpMessage => ({
  method: 'POST',
  target,
  status: null,
  headers: {},
  body: Buffer.from(body),
})
export const ORDER: Fields = {
  appid: ACCOUNT.appid,
  mch_id: ACCOUNT.mchid,
  nonce_str: 'nonce',
  sign_type: 'MD5',
  attach: ' a&b 打赏 ',
  device_info: '',
  Zone: 'capital',
  ...orderFields('oAlice'),
}
export const send = (sign: string, fields: Fields = ORDER) => post(writeXml({ ...fields, sign }))
