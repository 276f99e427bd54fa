import { CASE_ROUTES } from './cases.ts'
import { LEDGER_ROUTES } from './ledger.ts'
import { REFUND_ROUTES } from './refunds.ts'

/** What an operator may call, by `METHOD /path`; no route of the mini-program. */
export const ADMIN_API = { ...CASE_ROUTES, ...LEDGER_ROUTES, ...REFUND_ROUTES } as const
