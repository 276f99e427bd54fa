import type { Database } from '../../db/database.ts'
import type { Account } from './run.ts'

/** The row of the account that this installation is configured for, made if no server ever ran. */
export async function findAccount(
  db: Database,
  key: { readonly appid: string; readonly mchid: string },
  createdAt: Date,
): Promise<Account> {
  return db.merchantAccount.upsert({
    where: { appid_mchid: key },
    create: { ...key, createdAt },
    update: {},
  })
}
