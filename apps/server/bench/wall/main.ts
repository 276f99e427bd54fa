import { openDatabase, type Database } from '../../src/db/database.ts'
import { createCreators } from '../../src/features/creators/creators.ts'
import { createBenchDatabase } from '../database.ts'

/** Of one creator, from a twentieth as many people, one tip in ten anonymous. */
const TIPS = 100_000
const PEOPLE = TIPS / 20
const READINGS = 20
const DEEP = TIPS / 10

const database = await createBenchDatabase('oBench')
const { databaseUrl, dataDir } = database
const { db, close } = await openDatabase({ databaseUrl: databaseUrl ?? undefined, dataDir })
await fillWall(db)
const limits = { minFen: 1, maxFen: 50_000 }
const creators = createCreators({ db, limits, now: () => new Date() })
/** A server that has read nothing yet. */
const fresh = () => createCreators({ db, limits, now: () => new Date() })
console.log(`What everybody may read of a creator with ${TIPS} tips, on ${database.name}`)
await measure('the page: sums, goal and the latest ten', () => fresh().page('default'))
await measure('the page again, before the next tip', () => creators.page('default'))
await measure('the first page of the wall', () => creators.supporters('default', undefined))
await measure(`the wall below tip ${DEEP}`, () => creators.supporters('default', String(DEEP)))
await measure('the ranking of this month', () => fresh().ranking('default', 'month'))
await measure('the ranking of all time', () => fresh().ranking('default', 'all'))
await measure('the ranking again, before the next tip', () => creators.ranking('default', 'all'))
await close()
await database.remove()

async function measure(what: string, read: () => Promise<unknown>): Promise<void> {
  await read()
  const times: number[] = []
  for (let i = 0; i < READINGS; i += 1) {
    const startedAt = performance.now()
    await read()
    times.push(performance.now() - startedAt)
  }
  const median = times.sort((a, b) => a - b)[READINGS / 2] ?? 0
  console.log(
    `  ${what.padEnd(42)} ${median.toPrecision(3).padStart(6)} ms, the median of ${READINGS}`,
  )
}

/** Tips of the last two years, the newest last, as they would have come in. */
async function fillWall(db: Database): Promise<void> {
  await db.$executeRaw`
    INSERT INTO user_account (id, appid, openid, created_at, last_login_at)
    SELECT md5('u' || n)::uuid, 'bench', n::text, now(), now() FROM generate_series(1, ${PEOPLE}::int) n`
  await db.$executeRaw`
    INSERT INTO tip_order (id, user_id, creator_id, merchant_account_id, channel, amount_fen,
      currency, state, description, client_ip, notify_url, created_at, expires_at, transaction_id,
      paid_at, message, display_name, is_anonymous, message_state)
    SELECT md5('o' || n), md5('u' || (1 + n * 7919 % ${PEOPLE}::int))::uuid, 'default', m.id, 'v2',
      100 + n % 900, 'CNY', 'paid', '打赏', '127.0.0.1', 'http://127.0.0.1/', at, at, 't' || n, at,
      '加油', CASE WHEN n % 10 > 0 THEN 'name' || n END, n % 10 = 0, 'shown'
    FROM generate_series(1, ${TIPS}::int) n, merchant_account m,
      LATERAL (SELECT now() - interval '2 years' * (1 - n::float / ${TIPS}::int) AS at) moment`
  await db.$executeRaw`
    INSERT INTO tip_alert (creator_id, number, kind, order_id, created_at)
    SELECT 'default', n, 'tip', md5('o' || n), now() FROM generate_series(1, ${TIPS}::int) n`
  const goal = { goalTitle: '琴', goalTargetFen: 1_000_000, goalSetAt: new Date(0) }
  await db.creator.update({ where: { id: 'default' }, data: { lastAlert: TIPS, ...goal } })
  // As the database does by itself, some time after so many rows came.
  await db.$executeRawUnsafe('VACUUM ANALYZE tip_order')
  await db.$executeRawUnsafe('VACUUM ANALYZE tip_alert')
}
