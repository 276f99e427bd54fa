import { Type, type Static } from 'typebox'
import { Timestamp } from './common.ts'
import type { RouteTable } from './route.ts'

/** A place where two of our own records of the same money disagree. */
export const LedgerFinding = Type.Object({
  rule: Type.String({ description: 'Permanent name of the rule that does not hold' }),
  subject: Type.String({ description: 'The order, refund or ledger transaction' }),
  detail: Type.String(),
})
export type LedgerFinding = Static<typeof LedgerFinding>

export const LedgerCheck = Type.Object({
  isRight: Type.Boolean(),
  checkedAt: Timestamp,
  balancesFen: Type.Record(Type.String(), Type.Integer(), {
    description: 'Debits less credits, by account; all of them together are 0',
  }),
  findings: Type.Array(LedgerFinding, { description: 'The first hundred' }),
})
export type LedgerCheck = Static<typeof LedgerCheck>

export const LEDGER_ROUTES = {
  'GET /api/admin/ledger/check': {
    summary: 'Compare ledger, states and events of every order and refund',
    access: { scope: 'ledger' },
    answer: LedgerCheck,
    errors: [],
  },
} as const satisfies RouteTable
