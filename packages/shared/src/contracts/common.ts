import { Type, type Static } from 'typebox'

/** Made by the client and kept across retries, so that a lost answer cannot make a second order. */
export const OrderId = Type.String({
  pattern: '^[0-9a-f]{32}$',
  description: "32 lower-case hex characters; also WeChat's out_trade_no",
})

export const Timestamp = Type.String({ description: 'RFC 3339, UTC, milliseconds' })

export const AmountFen = Type.Integer({ description: 'Whole fen; 100 fen are ¥1' })

/** Where a page of a list begins. */
export const Cursor = Type.String({
  maxLength: 128,
  description: '`nextCursor` of the page before',
})

/** `null` on the last page. */
export const NextCursor = Type.Union([Type.String(), Type.Null()])

export const ErrorBody = Type.Object(
  {
    code: Type.String({ description: 'Permanent; branch on this' }),
    message: Type.String({ description: 'Chinese, for the person who tips' }),
    detail: Type.String({ description: 'English, for the developer' }),
    requestId: Type.String(),
  },
  { title: 'Error' },
)
export type ErrorBody = Static<typeof ErrorBody>
