import type { CaseView } from '@dashang/shared/contracts/cases'
import type { Case } from '../../generated/prisma/client.ts'

export function viewOf(found: Case): CaseView {
  const { id: caseId, kind, state, cause, orderId, transactionId, fields } = found
  return {
    caseId,
    kind,
    state,
    cause,
    orderId,
    transactionId,
    fields,
    fact: withoutPayer(found.fact),
    createdAt: found.createdAt.toISOString(),
    settledAt: found.settledAt?.toISOString() ?? null,
    settledBy: found.settledBy,
    reason: found.settledWhy,
  }
}

/** An openid leaves the server for nobody; that it differs is in `fields`. */
function withoutPayer(fact: unknown): Record<string, unknown> {
  const entries = Object.entries(Object(fact) as object)
  return Object.fromEntries(entries.filter(([name]) => name !== 'openid'))
}
