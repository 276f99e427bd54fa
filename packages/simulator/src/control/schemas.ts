import { Type } from 'typebox'
import { OUTCOMES, type Outcome } from '../cashier/outcomes.ts'
import { REFUND_OUTCOMES } from '../order.ts'
import { KEY_MODES } from '../pay-v3/key-settings.ts'
import { KEY_KINDS } from '../pay-v3/platform-key.ts'

const MAX_STEP_SECONDS = 366 * 24 * 60 * 60

const text = Type.String({ minLength: 1, maxLength: 128 })

export const CodeBody = Type.Object({ user: text }, { additionalProperties: false })

export const AcceptMessageBody = Type.Object(
  { openid: text, templateId: text },
  { additionalProperties: false },
)

export const TradeManagementBody = Type.Object(
  { isTradeManaged: Type.Boolean() },
  { additionalProperties: false },
)

export const PayBody = Type.Object(
  { outcome: Type.Enum(Object.keys(OUTCOMES) as Outcome[]) },
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

/** Whatever is wrong with the options of `wx.requestPayment` is WeChat's to complain of. */
export const PaymentRequestBody = Type.Object({
  openid: Type.String({ default: '' }),
  appid: Type.Optional(Type.String()),
  timeStamp: Type.Optional(Type.Unknown()),
  nonceStr: Type.Optional(Type.Unknown()),
  package: Type.Optional(Type.Unknown()),
  signType: Type.Unknown({ default: 'MD5' }),
  paySign: Type.Optional(Type.Unknown()),
})

/** `?newest=50&find=alice`: no more than so many of each kind, and only what has this text. */
export const StateQuery = Type.Object({
  newest: Type.Optional(Type.String({ pattern: '^[1-9][0-9]{0,4}$' })),
  find: Type.Optional(Type.String({ maxLength: 128 })),
})

/** Those of `downloadbill`, and the movements of the balance. */
export const BILL_KINDS = ['ALL', 'SUCCESS', 'REFUND', 'FUND_FLOW'] as const
export type BillKind = (typeof BILL_KINDS)[number]

export const BillQuery = Type.Object({
  day: Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' }),
  kind: Type.Enum([...BILL_KINDS]),
})

export const OrderParams = Type.Object({ outTradeNo: text })

export const NotificationParams = Type.Object({ id: text })

export const FaultParams = Type.Object({ id: text })

export const RefundParams = Type.Object({ outRefundNo: text })

export const SettleBody = Type.Object(
  { outcome: Type.Enum([...REFUND_OUTCOMES]) },
  { additionalProperties: false },
)

const percent = Type.Integer({ minimum: 0, maximum: 100 })

export const KeyModeBody = Type.Object(
  {
    mode: Type.Enum([...KEY_MODES]),
    publicKeyPercent: Type.Optional(percent),
  },
  { additionalProperties: false },
)

export const RotateBody = Type.Object(
  {
    kind: Type.Enum([...KEY_KINDS]),
    overlapPercent: Type.Optional(percent),
  },
  { additionalProperties: false },
)

export const KeyParams = Type.Object({ id: text })
