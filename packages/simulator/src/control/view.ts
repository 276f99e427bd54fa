import { formatYuan } from '@dashang/shared/money'
import { tradeStateOf, type Order, type Refund } from '../order.ts'
import type { Attempt, Notification, Platform } from '../platform.ts'
import { userOf } from './mini-program-view.ts'
import type { AttemptView, NotificationView, OrderView, RefundView } from './wire.ts'

/** What the wallet at the cashier holds: always enough, and never less for a payment. */
const WALLET_FEN = 888_888

/** One order as the pages and the scripts see it. */
export function orderView(platform: Platform, order: Order): OrderView {
  return {
    api: order.api,
    outTradeNo: order.outTradeNo,
    state: tradeStateOf(order, platform.clock.now()),
    totalFee: order.totalFee,
    amount: formatYuan(order.totalFee),
    balance: formatYuan(Math.max(WALLET_FEN, order.totalFee)),
    body: order.placed['body'] ?? '',
    attach: order.placed['attach'] ?? '',
    notifyUrl: order.placed['notify_url'] ?? '',
    merchant: platform.account.merchantName,
    openid: order.openid,
    user: userOf(platform, order.openid),
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
    api: refund.api,
    outRefundNo: refund.outRefundNo,
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

/** A body that a fault blew up is not carried to every page whole. */
const MAX_SHOWN_BODY = 20_000

function attemptView({ request, ...attempt }: Attempt): AttemptView {
  const { headers, body } = request
  const shown = { headers, body: body.slice(0, MAX_SHOWN_BODY), bodyLength: body.length }
  return { ...attempt, request: shown }
}

export function notificationView(notification: Notification): NotificationView {
  const { id, kind, protocol, outTradeNo, url, createdAt, nextAt } = notification
  const attempts = notification.attempts.map(attemptView)
  const outRefundNo = kind === 'refund' ? notification.refund.outRefundNo : null
  return { id, kind, protocol, outTradeNo, outRefundNo, url, attempts, createdAt, nextAt }
}
