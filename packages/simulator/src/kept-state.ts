import { resumeNotifications } from './notify/engine.ts'
import type { KeptKey } from './pay-v3/platform-key.ts'
import type { Platform } from './platform.ts'
import { resumeSettlements } from './refunds/settle.ts'

/** What outlives the process. */
export type KeptState = Pick<
  Platform,
  | 'codes'
  | 'openids'
  | 'userNames'
  | 'orders'
  | 'prepayIds'
  | 'transactions'
  | 'refunds'
  | 'notifications'
  | 'miniProgram'
  | 'calls'
> & {
  readonly drawn: number
  readonly keys: readonly KeptKey[]
}

export function keptState(platform: Platform): KeptState {
  const { codes, openids, userNames, orders, prepayIds, transactions, refunds } = platform
  const { notifications, miniProgram, calls } = platform
  return {
    drawn: platform.random.position(),
    keys: platform.keys.keep(),
    codes,
    openids,
    userNames,
    orders,
    prepayIds,
    transactions,
    refunds,
    notifications,
    miniProgram,
    calls,
  }
}

/** Into a platform that is still empty; what was under way goes on. */
export function restoreState(platform: Platform, kept: KeptState): void {
  platform.random.moveTo(kept.drawn)
  platform.keys.restore(kept.keys)
  for (const [code, value] of kept.codes) platform.codes.set(code, value)
  for (const openid of kept.openids) platform.openids.add(openid)
  for (const [openid, name] of kept.userNames) platform.userNames.set(openid, name)
  for (const [id, order] of kept.orders) platform.orders.set(id, order)
  for (const [id, prepayId] of kept.prepayIds) platform.prepayIds.set(id, prepayId)
  for (const [id, transaction] of kept.transactions) platform.transactions.set(id, transaction)
  for (const [id, refund] of kept.refunds) platform.refunds.set(id, refund)
  platform.notifications.push(...kept.notifications)
  platform.miniProgram = kept.miniProgram
  platform.calls.push(...kept.calls)
  resumeSettlements(platform)
  resumeNotifications(platform)
}
