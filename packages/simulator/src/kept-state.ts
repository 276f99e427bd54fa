import type { ClockMode } from './clock.ts'
import type { KeptFaults } from './faults.ts'
import { resumeNotifications } from './notify/engine.ts'
import type { KeptRing } from './pay-v3/key-ring.ts'
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
  readonly clock: KeptClock
  readonly drawn: number
  readonly keys: KeptRing
  readonly faults: KeptFaults
}

interface KeptClock {
  readonly now: Date
  /** What the machine's clock said at that moment. */
  readonly realNow: Date
}

/** A standing clock goes on where it stood. One that runs has run on since, and never goes back. */
export function resumedAt({ now, realNow }: KeptClock, mode: ClockMode): Date {
  if (mode === 'stands') return now
  const passedMs = Math.max(Date.now() - realNow.getTime(), 0)
  return new Date(now.getTime() + passedMs)
}

export function keptState(platform: Platform): KeptState {
  const { codes, openids, userNames, orders, prepayIds, transactions, refunds } = platform
  const { notifications, miniProgram, calls } = platform
  return {
    clock: { now: platform.clock.now(), realNow: new Date() },
    drawn: platform.random.position(),
    keys: platform.keys.keep(),
    faults: platform.faults.keep(),
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
  platform.faults.restore(kept.faults)
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
