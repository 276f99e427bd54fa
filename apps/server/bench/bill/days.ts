import { createHash } from 'node:crypto'
import { WORLD } from '../world.ts'
import type { BillEntry } from '../../test/support/bill.ts'

/** How many payments each day of the benchmark has; two, to see whether memory grows with them. */
export const DAYS: Readonly<Record<string, number>> = {
  '2026-01-30': 100_000,
  '2026-01-31': 1_000_000,
}

/** The payments of a day; the SQL in main.ts writes the same ones into the books. */
export function* paymentsOf(day: string): Generator<BillEntry> {
  const at = new Date(`${day}T00:00:00+08:00`)
  for (let number = 1; number <= (DAYS[day] ?? 0); number += 1) {
    const orderId = createHash('md5').update(`${day}-${number}`).digest('hex')
    yield {
      kind: 'payment',
      at,
      orderId,
      transactionId: orderId.slice(4),
      amountFen: WORLD.amountFen,
      openid: 'oBench',
    }
  }
}
