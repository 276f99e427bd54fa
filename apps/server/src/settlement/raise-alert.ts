import type { Transaction } from '../db/database.ts'
import type { AlertKind } from '../generated/prisma/client.ts'

interface Alert {
  readonly creatorId: string
  readonly orderId: string
  readonly kind: AlertKind
  readonly at: Date
}

/**
 * Writes down what the overlay of a creator shows next. The creator's row stays locked until the
 * transaction ends, so who has seen a number has seen every smaller one: to resume after it loses
 * nothing. The insert itself announces it, when the transaction commits.
 */
export async function raiseAlert(
  tx: Transaction,
  { creatorId, orderId, kind, at }: Alert,
): Promise<void> {
  await tx.$executeRaw`
    WITH numbered AS (
      UPDATE "creator" SET "last_alert" = "last_alert" + 1 WHERE "id" = ${creatorId}
      RETURNING "last_alert")
    INSERT INTO "tip_alert" ("creator_id", "number", "kind", "order_id", "created_at")
    SELECT ${creatorId}, "last_alert", ${kind}::"AlertKind", ${orderId}, ${at} FROM numbered`
}
