import { Type, type Static } from 'typebox'
import { Cursor, NextCursor, OrderId, Timestamp } from './common.ts'
import { CreatorSlug } from './creators.ts'
import { MessageState, OrderParams } from './orders.ts'
import type { RouteTable } from './route.ts'

/** What somebody wrote with a tip, as an operator sees it. */
export const MessageView = Type.Object({
  orderId: OrderId,
  creator: CreatorSlug,
  message: Type.Union([Type.String(), Type.Null()]),
  displayName: Type.Union([Type.String(), Type.Null()]),
  state: MessageState,
  paidAt: Type.Union([Timestamp, Type.Null()]),
})
export type MessageView = Static<typeof MessageView>

export const MessageListQuery = Type.Object(
  {
    creator: CreatorSlug,
    cursor: Type.Optional(Cursor),
  },
  { additionalProperties: false },
)
export type MessageListQuery = Static<typeof MessageListQuery>

export const MessageList = Type.Object({
  messages: Type.Array(MessageView),
  nextCursor: NextCursor,
})
export type MessageList = Static<typeof MessageList>

export const ModerationBody = Type.Object(
  {
    reason: Type.String({
      minLength: 1,
      maxLength: 500,
      pattern: '^[^\\u0000]*[^\\u0000\\s][^\\u0000]*$',
      description: 'Kept in the audit record',
    }),
  },
  { additionalProperties: false },
)

export const MESSAGE_ROUTES = {
  'GET /api/admin/messages': {
    summary: 'What was written with the tips for a creator, newest first',
    access: { scope: 'messages' },
    query: MessageListQuery,
    answer: MessageList,
    errors: ['CREATOR_NOT_FOUND'],
  },
  'POST /api/admin/messages/:orderId/hide': {
    summary: 'Take message and name of a tip out of everything public, at once',
    access: { scope: 'messages' },
    params: OrderParams,
    body: ModerationBody,
    answer: MessageView,
    errors: ['ORDER_NOT_FOUND', 'MESSAGE_NOT_FOUND'],
  },
  'POST /api/admin/messages/:orderId/show': {
    summary: 'Show message and name of a tip, also those that WeChat could not check',
    access: { scope: 'messages' },
    params: OrderParams,
    body: ModerationBody,
    answer: MessageView,
    errors: ['ORDER_NOT_FOUND', 'MESSAGE_NOT_FOUND'],
  },
} as const satisfies RouteTable
