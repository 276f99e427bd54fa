import { Type, type Static } from 'typebox'
import { MAX_ORDER_FEN } from '../money.ts'
import { AmountFen, Cursor, NextCursor, OrderId, Timestamp } from './common.ts'
import { CreatorSlug } from './creators.ts'
import { Payment } from './payment.ts'
import type { RouteTable } from './route.ts'

export const OrderState = Type.Union([
  Type.Literal('created'),
  Type.Literal('prepaid'),
  Type.Literal('paid'),
  Type.Literal('closed'),
])
export type OrderState = Static<typeof OrderState>

/** A refund as the payer sees it; where it stands inside is no matter of theirs. */
export const TipRefund = Type.Object({
  amountFen: AmountFen,
  state: Type.Union([
    Type.Literal('processing'),
    Type.Literal('succeeded'),
    Type.Literal('failed'),
  ]),
  reason: Type.String({ description: 'Chinese, for the person who tips' }),
  createdAt: Timestamp,
})
export type TipRefund = Static<typeof TipRefund>

/** Of what a person wrote with a tip, message and name together. */
export const MessageState = Type.Enum(['none', 'pending', 'shown', 'hidden'], {
  description: '`pending`: WeChat has not checked it yet, so nobody sees it',
})
export type MessageState = Static<typeof MessageState>

export const OrderView = Type.Object({
  orderId: OrderId,
  amountFen: AmountFen,
  state: OrderState,
  creator: Type.Object({ slug: CreatorSlug, name: Type.String() }),
  message: Type.Union([Type.String(), Type.Null()]),
  displayName: Type.Union([Type.String(), Type.Null()]),
  isAnonymous: Type.Boolean(),
  messageState: MessageState,
  isPayable: Type.Boolean({ description: 'The cashier can still be opened for it' }),
  createdAt: Timestamp,
  paidAt: Type.Union([Timestamp, Type.Null()]),
  receiptNumber: Type.Union([Type.String(), Type.Null()], {
    description: 'Short, for people: the day in Beijing and the beginning of the order id',
  }),
  transactionId: Type.Union([Type.String(), Type.Null()], {
    description: "WeChat's number of the payment, as it stands in the payer's own bill",
  }),
  refunds: Type.Array(TipRefund, {
    description: 'The oldest first; also of what was paid twice, so together they may be more',
  }),
})
export type OrderView = Static<typeof OrderView>

/** Generous: how long words are is said once they are clean, with a code of its own. */
const MAX_RAW_CHARACTERS = 400

export const PrepayBody = Type.Object(
  {
    orderId: OrderId,
    amountFen: Type.Integer({ minimum: 1, maximum: MAX_ORDER_FEN }),
    creator: Type.Optional(CreatorSlug),
    message: Type.Optional(
      Type.String({ maxLength: MAX_RAW_CHARACTERS, description: 'Shown to everybody' }),
    ),
    displayName: Type.Optional(
      Type.String({ maxLength: MAX_RAW_CHARACTERS, description: 'Shown unless anonymous' }),
    ),
    isAnonymous: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
)

export const PrepayAnswer = Type.Object({ orderId: OrderId, payment: Payment })

/** `not_paid` is WeChat's own word; `unknown` means that money may have moved. */
export const PaymentStatus = Type.Union([
  Type.Literal('paid'),
  Type.Literal('not_paid'),
  Type.Literal('unknown'),
])
export type PaymentStatus = Static<typeof PaymentStatus>

export const ConfirmAnswer = Type.Object({ payment: PaymentStatus, order: OrderView })
export type ConfirmAnswer = Static<typeof ConfirmAnswer>

export const OrderParams = Type.Object({ orderId: OrderId }, { additionalProperties: false })

export const OrderListQuery = Type.Object(
  {
    cursor: Type.Optional(Cursor),
  },
  { additionalProperties: false },
)

export const OrderList = Type.Object({
  orders: Type.Array(OrderView),
  nextCursor: NextCursor,
})

export const ORDER_ROUTES = {
  'POST /api/prepay': {
    summary: 'Create an order, place it at WeChat, and get the signed parameters for the cashier',
    access: 'user',
    body: PrepayBody,
    answer: PrepayAnswer,
    errors: [
      'AMOUNT_NOT_ALLOWED',
      'CREATOR_NOT_FOUND',
      'CREATOR_RETIRED',
      'MESSAGE_NOT_ALLOWED',
      'NAME_NOT_ALLOWED',
      'MESSAGE_REFUSED',
      'ORDER_NOT_FOUND',
      'ORDER_CONFLICT',
      'ORDER_PAID',
      'ORDER_CLOSED',
      'ORDER_EXPIRED',
      'WECHAT_BUSY',
      'WECHAT_TIMEOUT',
      'WECHAT_REFUSED',
      'WECHAT_UNTRUSTED',
    ],
  },
  'GET /api/orders': {
    summary: 'What I have tipped, newest first',
    access: 'user',
    query: OrderListQuery,
    answer: OrderList,
    errors: [],
  },
  'GET /api/orders/:orderId': {
    summary: 'One order, as the server knows it',
    access: 'user',
    params: OrderParams,
    answer: OrderView,
    errors: ['ORDER_NOT_FOUND'],
  },
  'POST /api/orders/:orderId/confirm': {
    summary: 'Ask WeChat once whether the order is paid, and get the order',
    access: 'user',
    params: OrderParams,
    answer: ConfirmAnswer,
    errors: ['ORDER_NOT_FOUND'],
  },
} as const satisfies RouteTable
