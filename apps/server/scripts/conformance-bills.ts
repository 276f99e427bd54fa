import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parseBeijingDay } from '@dashang/shared/signing/beijing-time'
import { pino } from 'pino'
import type { Config } from '../src/config.ts'
import { openDatabase, type OpenDatabase } from '../src/db/database.ts'
import { findAccount } from '../src/features/reconciliation/account.ts'
import { reconcile, type Outcome } from '../src/features/reconciliation/reconcile.ts'
import { openQueue } from '../src/queue/queue.ts'
import { startServer } from '../src/start-server.ts'
import { connectWeChat } from '../src/wechat/connect.ts'

const logger = pino({ level: 'silent' })
const now = () => new Date()

/** Our server, and beside it the command `reconcile` as a call, since the checks know only calls. */
export async function startOurs(config: Config) {
  const opened = Promise.withResolvers<OpenDatabase>()
  const open: typeof openDatabase = async (options) => {
    const database = await openDatabase(options)
    opened.resolve(database)
    return database
  }
  const server = await startServer({ config, logger, open })
  return { server, bills: await serveBills(config, await opened.promise) }
}

/** `POST /2026-01-31` compares this day, as the command does. */
async function serveBills(config: Config, { db, boss }: OpenDatabase) {
  const onError = (error: Error) => {
    throw error
  }
  const queue = await openQueue({ boss, onError })
  const wechat = connectWeChat(config, now)
  const key = { appid: config.WECHAT_APPID, mchid: config.WECHAT_PAY_MCHID }
  const account = await findAccount(db, key, now())

  async function compare({ url = '' }: IncomingMessage): Promise<Outcome> {
    const day = parseBeijingDay(url.slice(1))
    if (day === null) throw new Error(`no day: ${url}`)
    const channel = wechat.channels.forNewOrders
    return reconcile({ db, queue, channel, account, now }, day, logger)
  }

  const server = createServer((request, response) => {
    compare(request)
      .then((outcome) => response.end(JSON.stringify(outcome)))
      .catch((error: unknown) => response.writeHead(500).end(String(error)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.close()
      server.closeAllConnections()
      await wechat.close()
      await queue.close()
    },
  }
}
