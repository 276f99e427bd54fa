import type { CaseList, CaseListQuery, CaseView } from '@dashang/shared/contracts/cases'
import { AppError } from '@dashang/shared/errors'
import { recordAudit } from '../../audit/record-audit.ts'
import type { Database } from '../../db/database.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { viewOf } from './view.ts'

const PAGE_SIZE = 50

export interface CaseSettlement {
  readonly caseId: string
  readonly operator: string
  readonly reason: string
}

export interface Cases {
  list(query: CaseListQuery): Promise<CaseList>
  find(caseId: string): Promise<CaseView>
  /** Once and for all: the same settlement again changes nothing, another one is refused. */
  settle(settlement: CaseSettlement): Promise<CaseView>
}

export function createCases({ db, now }: { db: Database; now: () => Date }): Cases {
  return {
    async list({ state, cursor }) {
      const rows = await db.case.findMany({
        where: { state, ...(cursor !== undefined && after(cursor)) },
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
        take: PAGE_SIZE + 1,
      })
      const page = rows.slice(0, PAGE_SIZE)
      const last = rows.length > PAGE_SIZE ? page.at(-1) : undefined
      return { cases: page.map(viewOf), nextCursor: last ? encodeCursor(last) : null }
    },

    async find(id) {
      const found = await db.case.findUnique({ where: { id } })
      if (found === null) throw new AppError('CASE_NOT_FOUND', 'no such case')
      return viewOf(found)
    },

    settle: (settlement) => settle(db, settlement, now()),
  }
}

function settle(db: Database, settlement: CaseSettlement, at: Date): Promise<CaseView> {
  const { caseId: id, operator, reason } = settlement
  return db.$transaction(async (tx) => {
    const { count } = await tx.case.updateMany({
      where: { id, state: 'open' },
      data: { state: 'settled', settledAt: at, settledBy: operator, settledWhy: reason },
    })
    const found = await tx.case.findUnique({ where: { id } })
    if (found === null) throw new AppError('CASE_NOT_FOUND', 'no such case')
    if (count === 1) {
      const deed = { operator, action: 'case_settled', target: id, details: { reason }, at }
      await recordAudit(tx, deed)
    } else if (found.settledBy !== operator || found.settledWhy !== reason) {
      throw new AppError('CASE_SETTLED', `settled before by ${found.settledBy ?? 'nobody'}`)
    }
    return viewOf(found)
  })
}

function after(cursor: string) {
  const { createdAt, id } = decodeCursor(cursor)
  return { OR: [{ createdAt: { lt: createdAt } }, { createdAt, id: { lt: id } }] }
}
