import { tradeStateOf, type Order, type Refund } from '../order.ts'
import type { Notification, Platform } from '../platform.ts'

/** One order as the pages and the scripts see it. */
export function orderView(platform: Platform, order: Order) {
  return {
    api: order.api,
    outTradeNo: order.outTradeNo,
    state: tradeStateOf(order, platform.clock.now()),
    totalFee: order.totalFee,
    body: order.placed['body'] ?? '',
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

export function refundView(refund: Refund) {
  return {
    api: refund.api,
    outRefundNo: refund.outRefundNo,
    refundId: refund.refundId,
    outTradeNo: refund.transaction.order.outTradeNo,
    transactionId: refund.transaction.transactionId,
    status: refund.status,
    refundFee: refund.refundFee,
    totalFee: refund.transaction.order.totalFee,
    reason: refund.placed['refund_desc'] ?? '',
    createdAt: refund.createdAt,
    settlesAt: refund.settlesAt,
    settledAt: refund.settledAt,
  }
}

function notificationView(notification: Notification) {
  const { id, kind, protocol, createdAt, outTradeNo, url, attempts, nextAt } = notification
  const outRefundNo = kind === 'refund' ? notification.refund.outRefundNo : null
  return { id, kind, protocol, createdAt, outTradeNo, outRefundNo, url, attempts, nextAt }
}

/** All of the state, newest first, without any key. */
export function stateView(platform: Platform) {
  return {
    now: platform.clock.now(),
    merchant: platform.account.merchantName,
    appid: platform.account.appid,
    mchid: platform.account.mchid,
    orders: [...platform.orders.values()].map((order) => orderView(platform, order)).reverse(),
    refunds: [...platform.refunds.values()].map(refundView).reverse(),
    notifications: platform.notifications.map(notificationView).reverse(),
    messages: [...platform.miniProgram.messages].reverse(),
    calls: [...platform.calls].reverse(),
    faults: platform.faults.list(),
  }
}
