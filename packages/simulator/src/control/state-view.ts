import type { Platform } from '../platform.ts'
import { listing, WORDS, type Wanted } from './listing.ts'
import {
  acceptanceViews,
  messageView,
  shipmentView,
  textCheckView,
  userViews,
} from './mini-program-view.ts'
import { BILL_KINDS } from './schemas.ts'
import { notificationView, orderView, refundView } from './view.ts'
import type { CallView, StateCounts, StateView, UserView } from './wire.ts'

interface StateOptions extends Partial<Wanted> {
  readonly stateFile: string | null
}

/** All of the state, or the newest so many of each kind, newest first and without any key. */
export function stateView(
  platform: Platform,
  { newest = Infinity, find = '', stateFile }: StateOptions,
): StateView {
  const { account, clock, miniProgram } = platform
  const lists = listsOf(platform, { newest, find })
  return {
    version: platform.changes.version(),
    now: clock.now(),
    nextEventAt: clock.nextAt(),
    merchant: account.merchantName,
    appid: account.appid,
    mchid: account.mchid,
    stateFile,
    counts: numbers(lists, ({ count }) => count),
    found: numbers(lists, ({ found }) => found),
    billKinds: BILL_KINDS,
    users: lists.users.shown,
    orders: lists.orders.shown,
    refunds: lists.refunds.shown,
    notifications: lists.notifications.shown,
    messages: lists.messages.shown,
    acceptances: acceptanceViews(platform),
    textChecks: lists.textChecks.shown,
    shipments: lists.shipments.shown,
    isTradeManaged: miniProgram.isTradeManaged,
    calls: lists.calls.shown,
    faults: platform.faults.list(),
  }
}

const same = <View>(view: View): View => view

function listsOf(platform: Platform, wanted: Wanted) {
  const { orders, refunds, notifications, calls, miniProgram } = platform
  const { messages, textChecks, shipments } = miniProgram
  return {
    users: listing(userViews(platform), { view: same<UserView>, words: WORDS.users }, wanted),
    orders: listing(
      orders.values(),
      { view: (order) => orderView(platform, order), words: WORDS.orders },
      wanted,
    ),
    refunds: listing(refunds.values(), { view: refundView, words: WORDS.refunds }, wanted),
    notifications: listing(
      notifications,
      { view: notificationView, words: WORDS.notifications },
      wanted,
    ),
    calls: listing(calls, { view: same<CallView>, words: WORDS.calls }, wanted),
    messages: listing(
      messages,
      { view: (message) => messageView(platform, message), words: WORDS.messages },
      wanted,
    ),
    textChecks: listing(
      textChecks,
      { view: (check) => textCheckView(platform, check), words: WORDS.textChecks },
      wanted,
    ),
    shipments: listing(
      shipments,
      { view: (shipment) => shipmentView(platform, shipment), words: WORDS.shipments },
      wanted,
    ),
  }
}

type Lists = ReturnType<typeof listsOf>
type Counted = Pick<Lists['users'], 'count' | 'found'>

function numbers(lists: Lists, numberOf: (list: Counted) => number): StateCounts {
  const entries = Object.entries<Counted>(lists).map(([name, list]) => [name, numberOf(list)])
  return Object.fromEntries(entries) as StateCounts
}
