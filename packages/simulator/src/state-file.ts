import { readFile, writeFile } from 'node:fs/promises'
import { deserialize, serialize } from 'node:v8'
import { resumeNotifications } from './notify/engine.ts'
import type { KeptKey } from './pay-v3/platform-key.ts'
import type { Platform } from './platform.ts'
import { resumeSettlements } from './refunds/settle.ts'

/** Counted up whenever the shape of the state changes; a file of another shape is left alone. */
const SHAPE = 8

type Kept = Pick<
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
  readonly shape: number
  readonly drawn: number
  readonly keys: readonly KeptKey[]
}

export async function saveState(platform: Platform, file: string): Promise<void> {
  const { codes, openids, userNames, orders, prepayIds, transactions, refunds } = platform
  const { notifications, miniProgram, calls } = platform
  // One piece, so that an order, its payments and their refunds still know each other afterwards.
  const kept: Kept = {
    shape: SHAPE,
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
  await writeFile(file, serialize(kept))
}

/** A missing file is the first start, and a file that cannot be read is an empty platform. */
export async function loadState(platform: Platform, file: string): Promise<void> {
  const kept = await read(file)
  if (kept === null) return
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

async function read(file: string): Promise<Kept | null> {
  try {
    const kept = deserialize(await readFile(file)) as Kept
    return kept.shape === SHAPE ? kept : null
  } catch {
    return null
  }
}
