import { pino } from 'pino'
import { createApp } from '../../src/app.ts'
import { loadConfig } from '../../src/config.ts'
import { openDatabase } from '../../src/db/database.ts'
import { createHandlers } from '../../src/jobs/handlers.ts'
import type { JobName } from '../../src/queue/jobs.ts'
import { openQueue } from '../../src/queue/queue.ts'
import { createServices } from '../../src/services.ts'
import { connectWeChat } from '../../src/wechat/connect.ts'
import { runDueJobs } from '../support/jobs.ts'
import { createEdges, watchCalls, watchJobs, watchTransactions } from './edges.ts'

/** What the parent asks of the server process. */
export type Order =
  /** From now on keep the steps, and be killed at this one. */
  | { readonly kind: 'arm'; readonly killAt: string | null }
  /** Answered with the steps since then. */
  | { readonly kind: 'disarm' }
  /** Time passes, for the server and for its jobs. */
  | { readonly kind: 'advance'; readonly ms: number }
  | { readonly kind: 'job'; readonly name: JobName }

// A server as main.ts starts one, watched at each step. Its jobs run when the parent lets time pass.
const config = loadConfig()
const logger = pino({ level: 'silent' })
const edges = createEdges()
const { db, boss, listen } = await openDatabase({
  databaseUrl: config.DATABASE_URL,
  dataDir: config.DATA_DIR,
})
const queue = await openQueue({ boss, onError: () => undefined })
// The queue gives the jobs of a dead worker to another one after some time; here at once.
await db.$executeRaw`UPDATE pgboss.job SET state = 'retry', start_after = now() WHERE state = 'active'`

/** How far the time of the parent is ahead of the real one. */
let aheadMs = Number(process.argv[2])
const now = () => new Date(Date.now() + aheadMs)
const wechat = watchCalls(connectWeChat(config, now), edges)
const watchedDb = watchTransactions(db, edges)
const services = await createServices({ config, db: watchedDb, listen, queue, wechat, now })
const app = await createApp({ config, db, services, logger, now })
await app.listen({ host: config.HOST, port: config.PORT })
const handlers = watchJobs(createHandlers({ services, logger }), edges)

async function carryOut(order: Order): Promise<readonly string[]> {
  switch (order.kind) {
    case 'arm':
      edges.arm(order.killAt)
      return []
    case 'disarm':
      return edges.disarm()
    case 'job':
      await queue.boss.send(order.name, {})
      break
    case 'advance':
      aheadMs += order.ms
  }
  await runDueJobs({ db, queue, handlers, logger, now })
  return []
}

process.on('message', (order: Order) => {
  void carryOut(order).then((steps) => process.send?.(steps))
})
process.send?.([])
