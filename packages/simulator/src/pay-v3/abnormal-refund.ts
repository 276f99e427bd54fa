import { constants, privateDecrypt, type KeyObject } from 'node:crypto'
import type { Platform } from '../platform.ts'
import { scheduleSettlement, SETTLES_AFTER_MS } from '../refunds/settle.ts'
import { Refusal } from './refusal.ts'
import type { Call } from './gateway.ts'
import { BODY, PATH } from './places.ts'
import { refundFields } from './refund-fields.ts'
import type { Rule } from './rules.ts'
import { AbnormalRefundBody, BankAccount, RealName, RefundIdPath } from './schemas.ts'

/**
 * Sends a refund that could not go back the way it came to another account.
 * https://pay.weixin.qq.com/doc/v3/merchant/4013071193
 */
export function applyAbnormalRefund(platform: Platform, call: Call): object {
  const { refundId, outRefundNo } = readAbnormalRefund(call)
  const refund = platform.refunds.get(outRefundNo)
  if (refund?.refundId !== refundId) {
    throw new Refusal('RESOURCE_NOT_EXISTS', 'no refund has both of these numbers')
  }
  if (refund.status !== 'CHANGE') throw new Refusal('NOT_ABNORMAL', `it is ${refund.status}`)
  refund.status = 'PROCESSING'
  refund.settledAt = null
  refund.settlesAt = new Date(platform.clock.now().getTime() + SETTLES_AFTER_MS)
  scheduleSettlement(platform, refund)
  return refundFields(refund)
}

export function readAbnormalRefund(call: Call) {
  const { refund_id: refundId } = RefundIdPath.read(call.params, PATH)
  const body = AbnormalRefundBody.read(call.body, BODY)
  if (body.type === 'USER_BANK_CARD' || body.bank_account !== undefined) {
    checkSecret(call, BankAccount, { name: 'bank_account', value: body.bank_account })
  }
  if (body.type === 'USER_BANK_CARD' || body.real_name !== undefined) {
    checkSecret(call, RealName, { name: 'real_name', value: body.real_name })
  }
  return { refundId, outRefundNo: body.out_refund_no }
}

/** What is inside an encrypted field has to keep the limits of the field. */
function checkSecret(
  { namedKey }: Call,
  rule: Rule<string>,
  { name, value }: { readonly name: string; readonly value: string | undefined },
): void {
  const place = { location: 'body', pointer: `/body/${name}` } as const
  if (value === undefined) {
    rule.read(undefined, place)
    return
  }
  if (namedKey === undefined) {
    throw new Refusal('LACKS_WECHATPAY_SERIAL', `${name} is encrypted, with which key?`)
  }
  if (namedKey.privateKey !== null) rule.read(decrypt(value, namedKey.privateKey, name), place)
}

/** RSA-OAEP with SHA-1. https://pay.weixin.qq.com/doc/v3/merchant/4013053257 */
function decrypt(value: string, key: KeyObject, name: string): string {
  try {
    const options = { key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' }
    return privateDecrypt(options, Buffer.from(value, 'base64')).toString()
  } catch {
    throw new Refusal('CANNOT_DECRYPT', `${name} is not RSA-OAEP (SHA-1) with the named key`)
  }
}
