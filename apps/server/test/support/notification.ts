import { signed, type Fields } from '@dashang/shared/signing/v2'
import { writeXml } from '@dashang/shared/signing/xml'
import { ACCOUNT } from './config.ts'

export const NOTIFY_PATH = '/notify/wechat-pay/v2/payment'
export const SIGNING_KEY = { key: ACCOUNT.v2Key, signType: 'HMAC-SHA256' } as const

/** What notification and query say of a payment of 500 fen, with a transaction of the order's own. */
export function paymentFields(orderId: string, openid: string): Fields {
  return {
    return_code: 'SUCCESS',
    result_code: 'SUCCESS',
    appid: ACCOUNT.appid,
    mch_id: ACCOUNT.mchid,
    nonce_str: 'nonce',
    openid,
    trade_type: 'JSAPI',
    bank_type: 'OTHERS',
    total_fee: '500',
    cash_fee: '500',
    fee_type: 'CNY',
    transaction_id: `42000${orderId.replace(/\D/g, '').padEnd(23, '0').slice(0, 23)}`,
    out_trade_no: orderId,
    time_end: '20260101120000',
  }
}

/** Whatever it says, the signature fits. */
export const signedXml = (fields: Fields): string => writeXml(signed(fields, SIGNING_KEY))
