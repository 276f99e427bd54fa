import { parseBeijingDay } from '@dashang/shared/signing/beijing-time'
import { pino } from 'pino'
import { openDatabase } from '../../src/db/database.ts'
import { findAccount } from '../../src/features/reconciliation/account.ts'
import { reconcile } from '../../src/features/reconciliation/reconcile.ts'
import { openQueue } from '../../src/queue/queue.ts'
import { createWeChatHttp } from '../../src/wechat/http.ts'
import { createV2Channel } from '../../src/wechat/v2/channel.ts'
import { readOptions, sayReady, SIGNING_KEY, WORLD } from '../world.ts'

const { simulatorUrl: baseUrl, databaseUrl, dataDir, day: name } = readOptions()
const day = parseBeijingDay(name ?? '')
if (day === null) throw new Error('a day is missing')
const { appid, mchid } = WORLD
const { db, boss, close } = await openDatabase({
  databaseUrl: databaseUrl ?? undefined,
  dataDir,
})
const onError = (error: Error) => {
  throw error
}
const queue = await openQueue({ boss, onError })
const http = createWeChatHttp({ timeoutMs: 5000 })
const channel = createV2Channel(http, { appid, mchid, signingKey: SIGNING_KEY, baseUrl }, null)
const account = await findAccount(db, { appid, mchid }, new Date())
const idleKilobytes = process.resourceUsage().maxRSS

const startedAt = performance.now()
const startedWith = process.cpuUsage()
const now = () => new Date()
const outcome = await reconcile(
  { db, queue, channel, account, now },
  day,
  pino({ level: 'silent' }),
)
const seconds = (performance.now() - startedAt) / 1000
const { user, system } = process.cpuUsage(startedWith)
const cpuSeconds = (user + system) / 1_000_000
if (outcome.kind !== 'compared' || outcome.report.state !== 'agreed') {
  throw new Error(`the books of the benchmark do not agree: ${JSON.stringify(outcome)}`)
}
sayReady({ seconds, cpuSeconds, idleKilobytes, peakKilobytes: process.resourceUsage().maxRSS })
await http.close()
await queue.close()
await close()
