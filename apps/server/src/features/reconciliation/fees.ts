import type { Transaction } from '../../db/database.ts'
import { post } from '../../ledger/post.ts'
import type { OpenRun } from './run.ts'

const MILLI_FEN_IN_FEN = 1000n

/** What WeChat kept of this account on the day, in thousandths of a fen. */
export async function sumFees({ db, id, account }: OpenRun): Promise<bigint> {
  const { _sum: sum } = await db.billRow.aggregate({
    where: { runId: id, appid: account.appid },
    _sum: { feeMilliFen: true },
  })
  return sum.feeMilliFen ?? 0n
}

/**
 * Writes the fees of the day into the ledger, once. Each of WeChat's fees is a whole number of fen,
 * whatever decimals it is written with; a sum that is not one is left to a person.
 */
export async function postFees(tx: Transaction, run: OpenRun, feeMilliFen: bigint): Promise<void> {
  const reference = `${run.account.mchid}:${run.account.appid}:${run.day.name}`
  if (feeMilliFen % MILLI_FEN_IN_FEN !== 0n) {
    run.log.error({ event: 'fees_not_whole', day: run.day.name, feeMilliFen: String(feeMilliFen) })
    return
  }
  const amountFen = Number(feeMilliFen / MILLI_FEN_IN_FEN)
  const isPosted = await tx.ledgerTransaction.count({ where: { kind: 'fees', reference } })
  if (amountFen === 0 || isPosted > 0) return
  await post(tx, { kind: 'fees', reference, orderId: null, amountFen, at: run.at })
}
