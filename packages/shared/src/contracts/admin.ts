import { CASE_ROUTES } from './cases.ts'
import { CREATOR_SETTINGS_ROUTES } from './creator-settings.ts'
import { LEDGER_ROUTES } from './ledger.ts'
import { MESSAGE_ROUTES } from './messages.ts'
import { REFUND_ROUTES } from './refunds.ts'

/** What an operator may call, by `METHOD /path`; no route of the mini-program. */
export const ADMIN_API = {
  ...CASE_ROUTES,
  ...CREATOR_SETTINGS_ROUTES,
  ...LEDGER_ROUTES,
  ...MESSAGE_ROUTES,
  ...REFUND_ROUTES,
} as const
