import type { LedgerCheck, LedgerFinding } from '@dashang/shared/contracts/ledger'
import type { FastifyBaseLogger } from 'fastify'
import type { Database } from '../../db/database.ts'
import { Prisma, type LedgerAccount } from '../../generated/prisma/client.ts'
import { RULES } from './rules.ts'

const SHOWN_FINDINGS = 100

export interface Ledger {
  /** Compares all that is kept of the money with itself, and keeps what came out. */
  check(log: FastifyBaseLogger): Promise<LedgerCheck>
}

interface Dependencies {
  readonly db: Database
  readonly now: () => Date
}

export function createLedger({ db, now }: Dependencies): Ledger {
  return {
    async check(log) {
      const checkedAt = now()
      // One snapshot for all of it, or what happens meanwhile would look like a contradiction.
      const { findings, balancesFen } = await db.$transaction(
        async (tx) => {
          const findings: LedgerFinding[] = []
          for (const [rule, sql] of Object.entries(RULES)) {
            const rows = await tx.$queryRaw<Omit<LedgerFinding, 'rule'>[]>(sql)
            findings.push(...rows.map(({ subject, detail }) => ({ rule, subject, detail })))
          }
          return { findings, balancesFen: await readBalances(tx) }
        },
        { isolationLevel: Prisma.TransactionIsolationLevel.RepeatableRead },
      )
      const total = Object.values(balancesFen).reduce((sum, fen) => sum + fen, 0)
      if (total !== 0) {
        findings.push({ rule: 'sum_not_zero', subject: 'ledger', detail: `${total} fen` })
      }
      const isRight = findings.length === 0
      const shown = findings.slice(0, SHOWN_FINDINGS)
      await db.ledgerCheck.create({
        data: { checkedAt, isRight, findings: findings.length, details: shown },
      })
      log[isRight ? 'info' : 'error']({ event: 'ledger_checked', isRight, findings: shown })
      return { isRight, checkedAt: checkedAt.toISOString(), balancesFen, findings: shown }
    },
  }
}

async function readBalances(tx: Prisma.TransactionClient): Promise<Record<string, number>> {
  const rows = await tx.$queryRaw<{ account: LedgerAccount; fen: bigint }[]>`
    SELECT "account", sum("amount_fen") AS fen FROM "ledger_entry" GROUP BY "account" ORDER BY 1`
  return Object.fromEntries(rows.map(({ account, fen }) => [account, Number(fen)]))
}
