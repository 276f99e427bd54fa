import { Type, type Static } from 'typebox'

/**
 * What the client hands to the cashier, unread. `kind` says which cashier, because
 * `wx.requestPayment` is not the only one that WeChat has.
 * https://developers.weixin.qq.com/miniprogram/dev/api/payment/wx.requestPayment.html
 */
export const Payment = Type.Object({
  kind: Type.Literal('requestPayment'),
  timeStamp: Type.String({ description: 'Unix seconds, as text' }),
  nonceStr: Type.String(),
  package: Type.String({ description: '`prepay_id=…`' }),
  signType: Type.Union([Type.Literal('MD5'), Type.Literal('HMAC-SHA256'), Type.Literal('RSA')]),
  paySign: Type.String(),
})
export type Payment = Static<typeof Payment>
