import { lastReportOf } from '../mini-program/shipping.ts'
import { acceptancesOf } from '../mini-program/subscribe-message.ts'
import type { SentMessage, Shipment, TextCheck } from '../mini-program/state.ts'
import type { Platform } from '../platform.ts'
import type { AcceptanceView, MessageView, ShipmentView, TextCheckView, UserView } from './wire.ts'

/** The name that somebody gave the user of an openid. */
export const userOf = ({ userNames }: Platform, openid: string) => userNames.get(openid) ?? null

export function userViews(platform: Platform): UserView[] {
  const counts = new Map<string, number>()
  for (const { openid } of platform.orders.values()) {
    counts.set(openid, (counts.get(openid) ?? 0) + 1)
  }
  return [...platform.openids].map((openid) => ({
    openid,
    name: userOf(platform, openid),
    orders: counts.get(openid) ?? 0,
  }))
}

export function messageView(platform: Platform, message: SentMessage): MessageView {
  return { ...message, user: userOf(platform, message.openid) }
}

export const acceptanceViews = (platform: Platform): AcceptanceView[] =>
  acceptancesOf(platform).map((each) => ({ ...each, user: userOf(platform, each.openid) }))

export function textCheckView(platform: Platform, check: TextCheck): TextCheckView {
  return { ...check, user: userOf(platform, check.openid) }
}

/** What a merchant reported of a payment, by its `transaction_id`. */
export function shipmentView(
  platform: Platform,
  [transactionId, shipment]: readonly [string, Shipment],
): ShipmentView {
  const { reportedAt, reports, isCorrected, isComplete } = shipment
  const { shipping_list: items = [], payer, ...last } = lastReportOf(shipment)
  return {
    transactionId,
    outTradeNo: platform.transactions.get(transactionId)?.order.outTradeNo ?? '',
    openid: payer.openid,
    user: userOf(platform, payer.openid),
    reportedAt,
    reports: reports.length,
    logisticsType: last.logistics_type,
    description: items.map(({ item_desc: text = '' }) => text).join(', '),
    trackingNo: items
      .map(({ tracking_no: number = '' }) => number)
      .join(' ')
      .trim(),
    isCorrected,
    isComplete,
  }
}
