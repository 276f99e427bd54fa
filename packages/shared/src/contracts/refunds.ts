import { Type, type Static } from 'typebox'
import { MAX_ORDER_FEN } from '../money.ts'
import { AmountFen, OrderId, Timestamp } from './common.ts'
import { OrderParams } from './orders.ts'
import type { RouteTable } from './route.ts'

/** What WeChat takes as `refund_desc`, in bytes of UTF-8: three for a Chinese character. */
export const MAX_REASON_BYTES = 80

/** `abnormal`: the payer's card or account cannot take the money, and a person has to act. */
export const RefundState = Type.Union([
  Type.Literal('requested'),
  Type.Literal('processing'),
  Type.Literal('succeeded'),
  Type.Literal('closed'),
  Type.Literal('abnormal'),
])
export type RefundState = Static<typeof RefundState>

export const RefundId = Type.String({
  pattern: '^[0-9a-f]{32}$',
  description: "32 lower-case hex characters; also WeChat's out_refund_no",
})

const RefundEvent = Type.Object({
  type: Type.String(),
  state: RefundState,
  cause: Type.String(),
  createdAt: Timestamp,
})

export const RefundView = Type.Object({
  refundId: RefundId,
  orderId: OrderId,
  amountFen: AmountFen,
  reason: Type.String(),
  origin: Type.Union([Type.Literal('operator'), Type.Literal('second_transaction')], {
    description: '`second_transaction`: paid twice, and the second payment goes back by itself',
  }),
  requestedBy: Type.Union([Type.String(), Type.Null()]),
  state: RefundState,
  wechatRefundId: Type.Union([Type.String(), Type.Null()]),
  caseId: Type.Union([Type.String(), Type.Null()], { description: 'What a person has to look at' }),
  createdAt: Timestamp,
  settledAt: Type.Union([Timestamp, Type.Null()]),
  events: Type.Array(RefundEvent),
})
export type RefundView = Static<typeof RefundView>

export const RefundBody = Type.Object(
  {
    refundId: RefundId,
    amountFen: Type.Integer({ minimum: 1, maximum: MAX_ORDER_FEN }),
    reason: Type.String({
      minLength: 1,
      maxLength: MAX_REASON_BYTES,
      pattern: '^[^\\u0000-\\u001f\\u007f]+$',
      description: `Shown to the payer; at most ${MAX_REASON_BYTES} bytes of UTF-8`,
    }),
  },
  { additionalProperties: false },
)

export const RefundParams = Type.Object({ refundId: RefundId }, { additionalProperties: false })

export const RepeatRefundBody = Type.Object(
  { newRefundId: RefundId },
  { additionalProperties: false },
)

export const RefundList = Type.Object({
  orderId: OrderId,
  paidFen: AmountFen,
  reservedFen: Type.Integer({ description: 'Refunded, or asked for and not closed' }),
  refunds: Type.Array(RefundView),
})
export type RefundList = Static<typeof RefundList>

export const REFUND_ROUTES = {
  'POST /api/admin/orders/:orderId/refunds': {
    summary: 'Refund a part or all of a paid order; repeating it with the same id is harmless',
    access: { scope: 'refunds' },
    params: OrderParams,
    body: RefundBody,
    answer: RefundView,
    errors: [
      'ORDER_NOT_FOUND',
      'ORDER_NOT_PAID',
      'REFUND_CONFLICT',
      'REFUND_TOO_MUCH',
      'REFUND_TOO_MANY',
      'REFUND_REASON_TOO_LONG',
      'REFUND_NOT_CONFIGURED',
    ],
  },
  'GET /api/admin/orders/:orderId/refunds': {
    summary: 'Every refund of an order, with what happened to it',
    access: { scope: 'refunds' },
    params: OrderParams,
    answer: RefundList,
    errors: ['ORDER_NOT_FOUND'],
  },
  'POST /api/admin/refunds/:refundId/repeat': {
    summary:
      'Ask back anew what was paid twice, after WeChat closed its refund; harmless to repeat',
    access: { scope: 'refunds' },
    params: RefundParams,
    body: RepeatRefundBody,
    answer: RefundView,
    errors: [
      'REFUND_NOT_FOUND',
      'REFUND_NOT_REPEATABLE',
      'REFUND_CONFLICT',
      'REFUND_NOT_CONFIGURED',
    ],
  },
} as const satisfies RouteTable
