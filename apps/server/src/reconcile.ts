import { parseArgs } from 'node:util'
import { beijingDayBefore, parseBeijingDay } from '@dashang/shared/signing/beijing-time'
import type { BeijingDay } from '@dashang/shared/signing/beijing-time'
import { pino } from 'pino'
import { loadConfig } from './config.ts'
import { openDatabase } from './db/database.ts'
import { findAccount } from './features/reconciliation/account.ts'
import { describeOutcome } from './features/reconciliation/print.ts'
import { reconcile, type Outcome } from './features/reconciliation/reconcile.ts'
import { reasonFor } from './operator-reason.ts'
import { openQueue } from './queue/queue.ts'
import { connectWeChat } from './wechat/connect.ts'

const USAGE = 'Usage: reconcile [2026-01-31] [--json]   (without a day: yesterday in Beijing)'

/** Shells and timers read these. */
const EXIT = { agreed: 0, failed: 1, different: 2 } as const

const now = () => new Date()
const { day, isJson } = readArguments()
try {
  const outcome = await run(day)
  await print(isJson ? JSON.stringify(outcome, null, 2) : describeOutcome(outcome, day.name))
  // The migration engine leaves a timer behind that would hold the process for ten seconds.
  process.exit(exitCodeOf(outcome))
} catch (error) {
  console.error(`The books cannot be compared. ${reasonFor(error)}`)
  process.exit(EXIT.failed)
}

async function run(day: BeijingDay): Promise<Outcome> {
  const config = loadConfig()
  // The report alone goes to the standard output.
  const log = pino({ level: config.LOG_LEVEL, base: null }, pino.destination(2))
  const database = await openDatabase({
    databaseUrl: config.DATABASE_URL,
    dataDir: config.DATA_DIR,
  })
  const { db, boss } = database
  const onError = (err: Error) => {
    log.error({ event: 'queue_failed', err })
  }
  const queue = await openQueue({ boss, onError })
  const wechat = connectWeChat(config, now)
  try {
    const key = { appid: config.WECHAT_APPID, mchid: config.WECHAT_PAY_MCHID }
    const account = await findAccount(db, key, now())
    return await reconcile(
      { db, queue, channel: wechat.channels.forNewOrders, account, now },
      day,
      log,
    )
  } finally {
    await wechat.close()
    await queue.close()
    await database.close()
  }
}

function readArguments(): { day: BeijingDay; isJson: boolean } {
  try {
    const options = { json: { type: 'boolean', default: false } } as const
    const { values, positionals } = parseArgs({ options, allowPositionals: true })
    const [name, ...others] = positionals
    const day = name === undefined ? beijingDayBefore(now()) : parseBeijingDay(name)
    if (day !== null && others.length === 0) return { day, isJson: values.json }
  } catch {
    // A flag that nobody knows; the usage says what there is.
  }
  console.error(USAGE)
  process.exit(EXIT.failed)
}

function exitCodeOf(outcome: Outcome): number {
  if (outcome.kind !== 'compared') return EXIT.failed
  return outcome.report.state === 'agreed' ? EXIT.agreed : EXIT.different
}

/** Resolves when it is out: a pipe may be slower than the end of the process. */
function print(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(`${text}\n`, (error) => {
      if (error) reject(error)
      else resolve()
    })
  })
}
