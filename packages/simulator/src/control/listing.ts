import type {
  CallView,
  MessageView,
  NotificationView,
  OrderView,
  RefundView,
  ShipmentView,
  StateLists,
  TextCheckView,
  UserView,
} from './wire.ts'

/** The newest so many, of those that have a word; without one, of all. */
export interface Wanted {
  readonly newest: number
  readonly find: string
}

type Words<View> = (view: View) => readonly (string | null)[]

/** What a person may know of a thing that is looked for: numbers, people, states and texts. */
export const WORDS = {
  users: ({ openid, name }: UserView) => [openid, name],
  orders: ({ outTradeNo, body, attach, state, openid, user, transactions }: OrderView) => [
    outTradeNo,
    body,
    attach,
    state,
    openid,
    user,
    ...transactions.map(({ transactionId }) => transactionId),
  ],
  refunds: ({ outRefundNo, refundId, outTradeNo, transactionId, status, reason }: RefundView) => [
    outRefundNo,
    refundId,
    outTradeNo,
    transactionId,
    status,
    reason,
  ],
  notifications: ({ id, kind, outTradeNo, outRefundNo, url }: NotificationView) => [
    id,
    kind,
    outTradeNo,
    outRefundNo,
    url,
  ],
  calls: ({ api, outTradeNo, result, hint }: CallView) => [api, outTradeNo, result, hint],
  messages: ({ openid, user, templateId, data }: MessageView) => [
    openid,
    user,
    templateId,
    ...Object.values(data),
  ],
  textChecks: ({ openid, user, content, suggest }: TextCheckView) => [
    openid,
    user,
    content,
    suggest,
  ],
  shipments: ({ outTradeNo, transactionId, openid, user, description }: ShipmentView) => [
    outTradeNo,
    transactionId,
    openid,
    user,
    description,
  ],
} as const satisfies { [Name in keyof StateLists]: Words<StateLists[Name][number]> }

export interface Listing<View> {
  readonly shown: readonly View[]
  readonly found: number
  readonly count: number
}

/** Newest first; what is not shown is not made either, unless it has to be looked into. */
export function listing<Item, View>(
  items: Iterable<Item>,
  { view, words }: { readonly view: (item: Item) => View; readonly words: Words<View> },
  { newest, find }: Wanted,
): Listing<View> {
  const all = [...items].reverse()
  const count = all.length
  if (find === '') return { shown: all.slice(0, newest).map(view), found: count, count }
  const wanted = find.toLowerCase()
  const found = all
    .map(view)
    .filter((made) => words(made).some((word) => word?.toLowerCase().includes(wanted)))
  return { shown: found.slice(0, newest), found: found.length, count }
}
