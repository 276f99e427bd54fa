import type { Transaction } from '../db/database.ts'
import type { MessageState } from '../generated/prisma/client.ts'
import { raiseAlert } from './raise-alert.ts'

interface Move {
  readonly orderId: string
  readonly from: readonly MessageState[]
  readonly to: 'shown' | 'hidden'
  readonly at: Date
}

/**
 * Shows or hides what was written with a tip, wherever it is to be seen. False when there was nothing
 * to change.
 */
export async function moveWords(
  tx: Transaction,
  { orderId, from, to, at }: Move,
): Promise<boolean> {
  const { count } = await tx.order.updateMany({
    where: { id: orderId, messageState: { in: [...from] } },
    data: { messageState: to },
  })
  if (count === 0) return false
  // Read after the update has locked the row: it is paid by now, or its payment waits and finds this.
  const { state, creatorId } = await tx.order.findUniqueOrThrow({ where: { id: orderId } })
  if (state === 'paid') await raiseAlert(tx, { creatorId, orderId, kind: to, at })
  return true
}
