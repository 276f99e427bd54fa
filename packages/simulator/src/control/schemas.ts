import { Type } from 'typebox'
import { OUTCOMES, type Outcome } from '../cashier/outcomes.ts'
import { REFUND_OUTCOMES } from '../order.ts'

const MAX_STEP_SECONDS = 366 * 24 * 60 * 60

const text = Type.String({ minLength: 1, maxLength: 128 })

function oneOf<Name extends string>(table: Readonly<Record<Name, unknown>>) {
  return Type.Union((Object.keys(table) as Name[]).map((name) => Type.Literal(name)))
}

export const CodeBody = Type.Object({ user: text }, { additionalProperties: false })

export const PayBody = Type.Object(
  { outcome: oneOf<Outcome>(OUTCOMES) },
  { additionalProperties: false },
)

export const FaultBody = Type.Object(
  {
    on: text,
    fault: text,
    times: Type.Optional(Type.Integer({ minimum: 1 })),
  },
  { additionalProperties: false },
)

export const ClockBody = Type.Union([
  Type.Object(
    { advanceSeconds: Type.Integer({ minimum: 0, maximum: MAX_STEP_SECONDS }) },
    { additionalProperties: false },
  ),
  // To the moment of the next notification or settlement, whenever that is.
  Type.Object({ to: Type.Literal('next_event') }, { additionalProperties: false }),
])

/** The options of `wx.requestPayment`; a missing one is WeChat's to complain of, not the schema's. */
export const PaymentRequestBody = Type.Object({
  openid: Type.String({ default: '' }),
  timeStamp: Type.String({ default: '' }),
  nonceStr: Type.String({ default: '' }),
  package: Type.String({ default: '' }),
  signType: Type.String({ default: 'MD5' }),
  paySign: Type.String({ default: '' }),
})

/** `?newest=50`: no more than so many of each kind. */
export const StateQuery = Type.Object({
  newest: Type.Optional(Type.String({ pattern: '^[1-9][0-9]{0,4}$' })),
})

export const OrderParams = Type.Object({ outTradeNo: text })

export const RefundParams = Type.Object({ outRefundNo: text })

export const SettleBody = Type.Object(
  { outcome: Type.Union(REFUND_OUTCOMES.map((outcome) => Type.Literal(outcome))) },
  { additionalProperties: false },
)
