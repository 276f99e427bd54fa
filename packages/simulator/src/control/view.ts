import { formatYuan } from '@dashang/shared/money'
import { tradeStateOf, type Order, type Refund } from '../order.ts'
import type { Notification, Platform } from '../platform.ts'
import type { NotificationView, OrderView, RefundView, StateView, UserView } from './wire.ts'

/** What the wallet at the cashier holds: always enough, and never less for a payment. */
const WALLET_FEN = 888_888

/** One order as the pages and the scripts see it. */
export function orderView(platform: Platform, order: Order): OrderView {
  return {
    outTradeNo: order.outTradeNo,
    api: order.api,
    state: tradeStateOf(order, platform.clock.now()),
    totalFee: order.totalFee,
    amount: formatYuan(order.totalFee),
    balance: formatYuan(Math.max(WALLET_FEN, order.totalFee)),
    body: order.placed['body'] ?? '',
    attach: order.placed['attach'] ?? '',
    notifyUrl: order.placed['notify_url'] ?? '',
    merchant: platform.account.merchantName,
    openid: order.openid,
    transactionId: order.transactionId,
    transactions: order.transactions.map(({ transactionId, paidAt }) => ({
      transactionId,
      paidAt,
    })),
    createdAt: order.createdAt,
    expiresAt: order.expiresAt,
    paidAt: order.paidAt,
  }
}

export function refundView(refund: Refund): RefundView {
  return {
    outRefundNo: refund.outRefundNo,
    api: refund.api,
    refundId: refund.refundId,
    outTradeNo: refund.transaction.order.outTradeNo,
    transactionId: refund.transaction.transactionId,
    status: refund.status,
    refundFee: refund.refundFee,
    amount: formatYuan(refund.refundFee),
    totalFee: refund.transaction.order.totalFee,
    totalAmount: formatYuan(refund.transaction.order.totalFee),
    reason: refund.placed['refund_desc'] ?? '',
    createdAt: refund.createdAt,
    settlesAt: refund.settlesAt,
    settledAt: refund.settledAt,
  }
}

function notificationView(notification: Notification): NotificationView {
  const { id, kind, protocol, outTradeNo, url, attempts, createdAt, nextAt } = notification
  const outRefundNo = kind === 'refund' ? notification.refund.outRefundNo : null
  return { id, kind, protocol, outTradeNo, outRefundNo, url, attempts, createdAt, nextAt }
}

function userViews({ openids, userNames, orders }: Platform): UserView[] {
  const counts = new Map<string, number>()
  for (const { openid } of orders.values()) counts.set(openid, (counts.get(openid) ?? 0) + 1)
  return [...openids].map((openid) => ({
    openid,
    name: userNames.get(openid) ?? null,
    orders: counts.get(openid) ?? 0,
  }))
}

function newestOf<Item>(items: Iterable<Item>, limit: number): Item[] {
  return [...items].slice(-limit).reverse()
}

/** All of the state, or the newest so many of each kind, newest first and without any key. */
export function stateView(
  platform: Platform,
  { newest = Infinity }: { newest?: number } = {},
): StateView {
  const { account, clock, orders, refunds, notifications, calls } = platform
  return {
    version: platform.changes.version(),
    now: clock.now(),
    nextEventAt: clock.nextAt(),
    merchant: account.merchantName,
    appid: account.appid,
    mchid: account.mchid,
    counts: {
      users: platform.openids.size,
      orders: orders.size,
      refunds: refunds.size,
      notifications: notifications.length,
      calls: calls.length,
    },
    users: newestOf(userViews(platform), newest),
    orders: newestOf(orders.values(), newest).map((order) => orderView(platform, order)),
    refunds: newestOf(refunds.values(), newest).map(refundView),
    notifications: newestOf(notifications, newest).map(notificationView),
    calls: newestOf(calls, newest),
    faults: platform.faults.list(),
  }
}
