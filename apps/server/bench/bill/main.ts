import getPort from 'get-port'
import { openDatabase } from '../../src/db/database.ts'
import { createBenchDatabase } from '../database.ts'
import { start } from '../processes.ts'
import { DAYS } from './days.ts'
import { WORLD } from '../world.ts'

interface Measured {
  readonly seconds: number
  /** Of our process alone: on a busy machine the steadier number. */
  readonly cpuSeconds: number
  readonly idleKilobytes: number
  readonly peakKilobytes: number
}

const openid = 'oBench'
/** Far less than a bill would need, so that keeping one would end the process. */
const HEAP_MEGABYTES = 128
const host = await start<{ url: string }>('bill-host')
const database = await createBenchDatabase(openid)
const { databaseUrl, dataDir } = database
console.log(`Bills against books that agree with them, on ${database.name}`)
for (const [day, count] of Object.entries(DAYS)) await measure(day, count)
await host.stop()
await database.remove()

async function measure(day: string, count: number): Promise<void> {
  await fillBooks(day, count)
  const port = await getPort()
  const simulatorUrl = host.message.url
  const { message } = await start<Measured>('reconcile', {
    simulatorUrl,
    databaseUrl,
    dataDir,
    openid,
    port,
    day,
    heapMegabytes: HEAP_MEGABYTES,
  })
  const { seconds, cpuSeconds, idleKilobytes, peakKilobytes } = message
  console.log(
    `  ${String(count).padStart(8)} rows: ${seconds.toPrecision(3)} s, ` +
      `${Math.round(count / seconds)} rows/s, ${cpuSeconds.toPrecision(3)} s of CPU, peak ${Math.round(peakKilobytes / 1024)} MB ` +
      `(${Math.round(idleKilobytes / 1024)} MB before the first row)`,
  )
}

/** Paid orders, one for each row of the bill. */
async function fillBooks(day: string, count: number): Promise<void> {
  const { db, close } = await openDatabase({ databaseUrl: databaseUrl ?? undefined, dataDir })
  await db.$executeRaw`
    INSERT INTO tip_order (id, user_id, creator_id, merchant_account_id, channel, amount_fen,
      currency, state, description, client_ip, notify_url, created_at, expires_at, transaction_id,
      paid_at)
    SELECT md5(${day} || '-' || number), u.id, 'default', m.id, 'v2', ${WORLD.amountFen}, 'CNY',
      'paid', '', '', '', at, at, substr(md5(${day} || '-' || number), 5), at
    FROM generate_series(1, ${count}::int) AS number, user_account u, merchant_account m,
      (SELECT (${day} || 'T00:00:00+08:00')::timestamptz AS at) AS moment`
  await db.$executeRaw`ANALYZE tip_order`
  await close()
}
