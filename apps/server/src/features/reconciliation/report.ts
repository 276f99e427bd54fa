import type { Database } from '../../db/database.ts'
import type {
  CaseState,
  DifferenceKind,
  ReconciliationState,
} from '../../generated/prisma/client.ts'

/** So many differences are told one by one; the rest is in the tables. */
export const MAX_TOLD = 1000

export interface Side {
  readonly paymentCount: number
  readonly paymentFen: number
  readonly refundCount: number
  readonly refundFen: number
}

export interface ToldDifference {
  readonly subject: 'payment' | 'refund'
  readonly kind: DifferenceKind
  readonly orderId: string
  readonly transactionId: string
  readonly refundId: string
  readonly amountFen: number
  readonly fields: readonly string[]
  readonly case: { readonly id: string; readonly state: CaseState } | null
}

/** What is kept of a day's comparison, ready to be printed. */
export interface Report {
  readonly day: string
  readonly state: ReconciliationState
  readonly bill: Side & { readonly feeMilliFen: number; readonly foreignRowCount: number }
  readonly books: Side
  readonly differenceCount: number
  readonly differences: readonly ToldDifference[]
  readonly finishedAt: string | null
}

export async function readReport(db: Database, id: string): Promise<Report> {
  const kept = await db.reconciliation.findUniqueOrThrow({
    where: { id },
    include: {
      _count: { select: { differences: true } },
      differences: { include: { case: true }, orderBy: { id: 'asc' }, take: MAX_TOLD },
    },
  })
  return {
    day: kept.day,
    state: kept.state,
    bill: {
      paymentCount: kept.billPaymentCount,
      paymentFen: Number(kept.billPaymentFen),
      refundCount: kept.billRefundCount,
      refundFen: Number(kept.billRefundFen),
      feeMilliFen: Number(kept.billFeeMilliFen),
      foreignRowCount: kept.foreignRowCount,
    },
    books: {
      paymentCount: kept.booksPaymentCount,
      paymentFen: Number(kept.booksPaymentFen),
      refundCount: kept.booksRefundCount,
      refundFen: Number(kept.booksRefundFen),
    },
    differenceCount: kept._count.differences,
    differences: kept.differences.map((difference) => ({
      subject: difference.subject,
      kind: difference.kind,
      orderId: difference.orderId,
      transactionId: difference.transactionId,
      refundId: difference.refundId,
      amountFen: Number(difference.amountFen),
      fields: difference.fields,
      case: difference.case && { id: difference.case.id, state: difference.case.state },
    })),
    finishedAt: kept.finishedAt?.toISOString() ?? null,
  }
}
