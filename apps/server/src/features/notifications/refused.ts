import type { Database } from '../../db/database.ts'
import type { Channel } from '../../generated/prisma/client.ts'

const KEPT_BYTES = 4096
/** Of one process: whoever sends more costs us an answer each, and no row. */
const ROWS_PER_SECOND = 10

export interface Refusal {
  readonly channel: Channel
  /** The code it was refused with. */
  readonly code: string
  readonly sender: string
  readonly body: Uint8Array<ArrayBuffer>
  readonly at: Date
}

export interface RefusedNotifications {
  /** For people who look for a reason; nothing ever reads it as a truth. */
  keep(refusal: Refusal): Promise<void>
}

/** Keeps the newest of what was refused, and takes no more rows than a flood may cost. */
export function createRefusedNotifications(
  db: Database,
  { kept }: { kept: number },
): RefusedNotifications {
  let second = 0
  let rows = 0

  function hasRoom(at: Date): boolean {
    const current = Math.floor(at.getTime() / 1000)
    if (current !== second) rows = 0
    second = current
    rows += 1
    return rows <= ROWS_PER_SECOND
  }

  return {
    async keep({ at: receivedAt, body, ...refusal }) {
      if (!hasRoom(receivedAt)) return
      const beginning = body.slice(0, KEPT_BYTES)
      const { id } = await db.refusedNotification.create({
        data: { ...refusal, body: beginning, receivedAt },
        select: { id: true },
      })
      // Ids count upwards, so this reads no more than the one row or so that falls out.
      await db.refusedNotification.deleteMany({ where: { id: { lte: id - BigInt(kept) } } })
    },
  }
}
