import { parseBeijingDay, type BeijingDay } from '@dashang/shared/signing/beijing-time'
import { pino } from 'pino'
import type { Database } from '../../src/db/database.ts'
import type { RefundState } from '../../src/generated/prisma/client.ts'
import { reconcile, type Outcome } from '../../src/features/reconciliation/reconcile.ts'
import type { Account } from '../../src/features/reconciliation/run.ts'
import type { Report } from '../../src/features/reconciliation/report.ts'
import { openQueue } from '../../src/queue/queue.ts'
import { createWeChatHttp } from '../../src/wechat/http.ts'
import type { ChannelName } from '../../src/wechat/channel-names.ts'
import { startBillHost, type BillHost } from './bill-hosts.ts'
import type { BillEntry } from './bill.ts'
import { openTestDatabase } from './database.ts'
import { ACCOUNT, newOrderId } from './world.ts'

export const OPENID = 'oAlice'

interface RefundChanges {
  readonly amountFen?: number
  readonly state?: RefundState
}

/** Our side of a day: a database with an account, a person, and orders as a test wants them. */
export interface Books {
  readonly account: Account
  /** An order that was paid at a moment; answers the row of a bill that agrees with it. */
  addPaid(at: Date, amountFen?: number): Promise<BillEntry>
  /** A refund that WeChat took at a moment; answers the row of a bill that agrees with it. */
  addRefund(payment: BillEntry, at: Date, refund?: RefundChanges): Promise<BillEntry>
  /** The same, but nobody has told us that it was paid. */
  addUnpaid(at: Date, amountFen?: number): Promise<BillEntry>
}

/** Begins anew: empty books with one account. */
async function openBooks(db: Database): Promise<Books> {
  // The ledger refuses to be emptied, so its triggers rest meanwhile.
  await db.$transaction([
    db.$executeRaw`SET LOCAL session_replication_role = 'replica'`,
    db.$executeRaw`TRUNCATE creator, merchant_account, user_account, payment_case, bill_row CASCADE`,
  ])
  const createdAt = new Date(0)
  const { appid, mchid } = ACCOUNT
  await db.creator.create({ data: { id: 'c', name: '作者', createdAt } })
  const account = await db.merchantAccount.create({ data: { appid, mchid, createdAt } })
  const user = await db.user.create({
    data: { appid, openid: OPENID, createdAt, lastLoginAt: createdAt },
  })

  async function add(at: Date, amountFen: number, isPaid: boolean): Promise<BillEntry> {
    const id = newOrderId()
    const transactionId = `42${id.slice(6)}`
    await db.order.create({
      data: {
        id,
        userId: user.id,
        creatorId: 'c',
        merchantAccountId: account.id,
        channel: 'v2',
        amountFen,
        currency: 'CNY',
        state: isPaid ? 'paid' : 'prepaid',
        description: '打赏',
        clientIp: '127.0.0.1',
        notifyUrl: 'http://127.0.0.1/notify',
        createdAt: at,
        expiresAt: at,
        prepayId: 'p',
        ...(isPaid && { transactionId, paidAt: at }),
      },
    })
    return { kind: 'payment', at, orderId: id, transactionId, amountFen, openid: OPENID }
  }

  async function addRefund(
    { orderId, transactionId, amountFen: totalFen }: BillEntry,
    at: Date,
    { amountFen = 200, state = 'succeeded' }: RefundChanges = {},
  ): Promise<BillEntry> {
    const refundId = newOrderId()
    const wechatRefundId = `503${refundId.slice(6)}`
    const isFinal = state === 'succeeded' || state === 'closed'
    await db.refund.create({
      data: {
        id: refundId,
        orderId,
        channel: 'v2',
        transactionId,
        amountFen,
        totalFen,
        reason: '退款',
        origin: 'operator',
        requestedBy: 'li',
        state,
        wechatRefundId,
        createdAt: at,
        settledAt: isFinal ? at : null,
        events: {
          create: {
            type: 'accepted',
            fromState: 'requested',
            toState: 'processing',
            cause: 'operator',
            createdAt: at,
          },
        },
      },
    })
    const numbers = { orderId, transactionId, refundId, wechatRefundId }
    return { ...numbers, kind: 'refund', at, amountFen, openid: OPENID }
  }

  return {
    account,
    addRefund,
    addPaid: (at, amountFen = 500) => add(at, amountFen, true),
    addUnpaid: (at, amountFen = 500) => add(at, amountFen, false),
  }
}

/** Books, and a host that serves bills, for a file of tests. */
export interface Desk {
  readonly serve: BillHost['serve']
  readonly db: Database
  /** Of this test only. */
  books: Books
  now: Date
  /** Empties the books, for the next test. */
  begin(now: Date): Promise<void>
  run(day: string): Promise<Outcome>
  /** Where anything but a comparison is a failure. */
  compared(day: string): Promise<Report>
  close(): Promise<void>
}

const silent = pino({ level: 'silent' })

export async function openDesk(name: ChannelName): Promise<Desk> {
  const http = createWeChatHttp({ timeoutMs: 2000 })
  const host = await startBillHost(name, http)
  const { channel } = host
  const { db, boss, close } = await openTestDatabase()
  const queue = await openQueue({
    boss,
    onError: (error) => {
      throw error
    },
  })
  const desk: Desk = {
    serve: host.serve,
    db,
    books: await openBooks(db),
    now: new Date(),
    async begin(now) {
      desk.now = now
      desk.books = await openBooks(db)
    },
    run(day) {
      const { account } = desk.books
      return reconcile({ db, queue, channel, account, now: () => desk.now }, dayOf(day), silent)
    },
    async compared(day) {
      const outcome = await desk.run(day)
      if (outcome.kind === 'compared') return outcome.report
      throw new Error(`not compared: ${JSON.stringify(outcome)}`)
    },
    async close() {
      await host.close()
      await http.close()
      await queue.close()
      await close()
    },
  }
  return desk
}

export function dayOf(name: string): BeijingDay {
  const day = parseBeijingDay(name)
  if (day === null) throw new Error(`${name} is no day`)
  return day
}

/** Every row that a comparison may write, to see that a second one writes none. */
export async function everything(db: Database) {
  return {
    orders: await db.order.findMany({ orderBy: { id: 'asc' } }),
    events: await db.orderEvent.findMany({ orderBy: { id: 'asc' } }),
    cases: await db.case.findMany({ orderBy: { id: 'asc' } }),
    reconciliations: await db.reconciliation.findMany({ orderBy: { id: 'asc' } }),
    differences: await db.difference.findMany({ orderBy: { id: 'asc' } }),
    ledger: await db.ledgerEntry.findMany({ orderBy: { id: 'asc' } }),
    billRows: await db.billRow.count(),
  }
}
