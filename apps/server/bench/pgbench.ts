import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { CONNECTIONS } from './load.ts'

const PLACES = [
  '/usr/lib/postgresql/*/bin/pgbench',
  '/opt/homebrew/bin/pgbench',
  '/usr/bin/pgbench',
]

const ID = `md5(:client_id || '-' || :n)`
const TRANSACTION = `'t' || :client_id || '-' || :n`

/** The statements of one notification that pays an order, as the server makes them. */
const STATEMENTS = `\\set n :n + 1
BEGIN;
SELECT o.*, u.openid, m.appid, m.mchid FROM tip_order o JOIN user_account u ON u.id = o.user_id
  JOIN merchant_account m ON m.id = o.merchant_account_id WHERE o.id = ${ID};
SELECT count(*) FROM tip_order WHERE transaction_id = ${TRANSACTION} AND id <> ${ID}
  AND merchant_account_id = (SELECT merchant_account_id FROM tip_order WHERE id = ${ID});
UPDATE tip_order SET state = 'paid', transaction_id = ${TRANSACTION}, paid_at = now()
  WHERE id = ${ID} AND state = 'prepaid';
INSERT INTO order_event (order_id, type, from_state, to_state, cause, reference, created_at)
  VALUES (${ID}, 'payment_confirmed', 'prepaid', 'paid', 'notification', ${TRANSACTION}, now());
INSERT INTO ledger_transaction (id, kind, reference, order_id, created_at)
  VALUES (${ID}::uuid, 'payment', ${TRANSACTION}, ${ID}, now());
INSERT INTO ledger_entry (ledger_transaction_id, account, amount_fen)
  VALUES (${ID}::uuid, 'wechat_clearing', 500), (${ID}::uuid, 'user_payments', -500);
WITH numbered AS (
    UPDATE creator SET last_alert = last_alert + 1 WHERE id = 'default' RETURNING last_alert)
  INSERT INTO tip_alert (creator_id, number, kind, order_id, created_at)
  SELECT 'default', last_alert, 'tip', ${ID}, now() FROM numbered;
INSERT INTO notification (id, channel, body, headers, sender, received_at, verdict, order_id)
  VALUES (gen_random_uuid(), 'v2', repeat('x', 900)::bytea, '{}', '127.0.0.1', now(), 'applied', ${ID});
COMMIT;
`

const ORDERS = `INSERT INTO tip_order (id, user_id, creator_id, merchant_account_id, channel, amount_fen,
    currency, state, description, client_ip, notify_url, created_at, expires_at, prepay_id)
  SELECT md5(client || '-' || n), (SELECT id FROM user_account LIMIT 1), 'default',
    (SELECT id FROM merchant_account LIMIT 1), 'v2', 500, 'CNY', 'prepaid', '打赏', '127.0.0.1',
    'http://127.0.0.1/', now(), now(), 'p'
  FROM generate_series(0, ${CONNECTIONS - 1}) client, generate_series(1, $1) n`

/**
 * How many notifications a second the database alone can take; `null`, and a word why, where there is
 * no PostgreSQL or no pgbench. The orders it pays stay in the database of the benchmark.
 */
export async function measurePgbench(
  databaseUrl: string | null,
  notifications: number,
): Promise<number | null> {
  const [program] = PLACES.flatMap((place) => globSync(place))
  if (databaseUrl === null || program === undefined) {
    console.log('  no pgbench beside a PostgreSQL here, so that floor is not measured')
    return null
  }
  const each = Math.ceil(notifications / CONNECTIONS)
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  await client.query(ORDERS, [each])
  await client.end()

  const folder = await mkdtemp(join(tmpdir(), 'dashang-pgbench-'))
  const file = join(folder, 'notify.sql')
  await writeFile(file, STATEMENTS)
  const load = ['-n', '-c', String(CONNECTIONS), '-j', '2', '-t', String(each), '-D', 'n=0']
  const { stdout, stderr } = spawnSync(program, [...load, '-f', file, databaseUrl], {
    encoding: 'utf8',
  })
  await rm(folder, { recursive: true, force: true })
  const [, perSecond] = /tps = ([\d.]+)/.exec(stdout) ?? []
  if (perSecond === undefined) throw new Error(`pgbench measured nothing: ${stderr}`)
  return Number(perSecond)
}
