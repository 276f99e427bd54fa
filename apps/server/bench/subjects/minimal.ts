import { randomBytes, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { isSignedBy, sign, signed, type Fields } from '@dashang/shared/signing/v2'
import { parseXml, writeXml } from '@dashang/shared/signing/xml'
import { request } from 'undici'
import { NOTIFY_PATH, PREPAY_PATH, readOptions, sayReady, SIGNING_KEY, WORLD } from '../world.ts'
import { openSql, type Query } from './sql.ts'

// The second floor: the same statements, the same signatures and the same call to WeChat as the
// server makes, in one file without a framework, an ORM, a session, a schema, a limit or a log.
const { port, simulatorUrl, databaseUrl, dataDir, openid } = readOptions()
const sql = await openSql(databaseUrl, dataDir)
const [user] = await sql.query('SELECT id FROM user_account WHERE openid = $1', [openid])
const [account] = await sql.query('SELECT id FROM merchant_account LIMIT 1', [])
const notifyUrl = `http://127.0.0.1:${port}${NOTIFY_PATH}`
const ACKNOWLEDGED = writeXml({ return_code: 'SUCCESS', return_msg: 'OK' })

const INSERT_ORDER = `INSERT INTO tip_order (id, user_id, creator_id, merchant_account_id, channel,
  amount_fen, currency, state, description, client_ip, notify_url, created_at, expires_at)
  VALUES ($1, $2, 'default', $3, 'v2', $4, 'CNY', 'created', '打赏', '127.0.0.1', $5, $6, $6)
  ON CONFLICT DO NOTHING`
const INSERT_EVENT = `INSERT INTO order_event
  (order_id, type, from_state, to_state, cause, reference, created_at)
  VALUES ($1, $2::"OrderEventType", $3::"OrderState", $4::"OrderState", $5::"Cause", $6, $7)`
const SELECT_WHOLE_ORDER = `SELECT o.*, u.openid, m.appid, m.mchid FROM tip_order o
  JOIN user_account u ON u.id = o.user_id JOIN merchant_account m ON m.id = o.merchant_account_id
  WHERE o.id = $1`
const SELECT_OTHERS = `SELECT count(*) FROM tip_order
  WHERE merchant_account_id = $1 AND transaction_id = $2 AND id <> $3`
const SET_PREPAID = `UPDATE tip_order SET state = 'prepaid', prepay_id = $2
  WHERE id = $1 AND state = 'created'`
const SET_PAID = `UPDATE tip_order SET state = 'paid', transaction_id = $2, paid_at = $3
  WHERE id = $1 AND state = 'prepaid'`
const INSERT_MOVEMENT = `INSERT INTO ledger_transaction (id, kind, reference, order_id, created_at)
  VALUES ($1, 'payment', $2, $3, $4)`
const INSERT_SIDES = `INSERT INTO ledger_entry (ledger_transaction_id, account, amount_fen)
  VALUES ($1, 'wechat_clearing', $2), ($1, 'user_payments', -$2::int)`
const RAISE_ALERT = `WITH numbered AS (
    UPDATE creator SET last_alert = last_alert + 1 WHERE id = 'default' RETURNING last_alert)
  INSERT INTO tip_alert (creator_id, number, kind, order_id, created_at)
  SELECT 'default', last_alert, 'tip', $1, $2 FROM numbered`
const INSERT_NOTIFICATION = `INSERT INTO notification
  (id, channel, body, headers, sender, received_at, verdict, order_id)
  VALUES ($1, 'v2', $2, '{"content-type": "text/xml"}', '127.0.0.1', $3, 'applied', $4)`
const INSERT_JOB = `INSERT INTO pgboss.job (name, data, singleton_key, start_after, policy)
  VALUES ('follow_up_order', $1, $2, now() + interval '5 seconds', 'short')`

const nonce = () => randomBytes(16).toString('hex')
const event = (
  query: Query,
  id: string,
  type: string,
  states: [string | null, string],
  reference: string | null,
) =>
  query(INSERT_EVENT, [
    id,
    type,
    ...states,
    type === 'payment_confirmed' ? 'notification' : 'user',
    reference,
    new Date(),
  ])

async function prepay(body: Buffer): Promise<string> {
  const { orderId: id, amountFen } = JSON.parse(body.toString()) as {
    orderId: string
    amountFen: number
  }
  await sql.transaction(async (query) => {
    await query(INSERT_ORDER, [id, user?.['id'], account?.['id'], amountFen, notifyUrl, new Date()])
    await event(query, id, 'created', [null, 'created'], null)
    await query(INSERT_JOB, [JSON.stringify({ orderId: id, step: 0, tries: 0 }), id])
  })
  await sql.query(SELECT_WHOLE_ORDER, [id])
  const prepayId = await place(id, amountFen)
  await sql.transaction(async (query) => {
    await query(SET_PREPAID, [id, prepayId])
    await event(query, id, 'prepay_issued', ['created', 'prepaid'], prepayId)
  })
  const parameters = {
    timeStamp: String(Math.floor(Date.now() / 1000)),
    nonceStr: nonce(),
    package: `prepay_id=${prepayId}`,
    signType: SIGNING_KEY.signType,
  }
  const paySign = sign({ appId: WORLD.appid, ...parameters }, SIGNING_KEY)
  return JSON.stringify({ orderId: id, payment: { ...parameters, paySign } })
}

async function place(id: string, amountFen: number): Promise<string> {
  const fields: Fields = {
    appid: WORLD.appid,
    mch_id: WORLD.mchid,
    nonce_str: nonce(),
    sign_type: SIGNING_KEY.signType,
    body: '打赏',
    out_trade_no: id,
    total_fee: String(amountFen),
    fee_type: 'CNY',
    spbill_create_ip: '127.0.0.1',
    notify_url: notifyUrl,
    trade_type: 'JSAPI',
    openid,
  }
  const body = writeXml(signed(fields, SIGNING_KEY))
  const response = await request(`${simulatorUrl}/pay/unifiedorder`, { method: 'POST', body })
  const answer = parseXml(await response.body.bytes())
  if (!isSignedBy(answer, SIGNING_KEY)) throw new Error('an answer without a good signature')
  return answer['prepay_id'] ?? ''
}

async function notify(body: Buffer): Promise<string> {
  const fields = parseXml(body)
  if (!isSignedBy(fields, SIGNING_KEY)) throw new Error('a notification without a good signature')
  const { out_trade_no: id = '', transaction_id: transactionId = '', total_fee } = fields
  await sql.transaction(async (query) => {
    const [order] = await query(SELECT_WHOLE_ORDER, [id])
    if (String(order?.['amount_fen']) !== total_fee) throw new Error('another amount')
    await query(SELECT_OTHERS, [account?.['id'], transactionId, id])
    await query(SET_PAID, [id, transactionId, new Date()])
    await event(query, id, 'payment_confirmed', ['prepaid', 'paid'], transactionId)
    const movementId = randomUUID()
    await query(INSERT_MOVEMENT, [movementId, transactionId, id, new Date()])
    await query(INSERT_SIDES, [movementId, Number(total_fee)])
    await query(RAISE_ALERT, [id, new Date()])
    await query(INSERT_NOTIFICATION, [randomUUID(), body, new Date(), id])
  })
  return ACKNOWLEDGED
}

const HANDLERS = new Map([
  [PREPAY_PATH, prepay],
  [NOTIFY_PATH, notify],
])

async function handle(message: IncomingMessage): Promise<string> {
  const handler = HANDLERS.get(message.url ?? '')
  if (handler === undefined) throw new Error('no such path')
  return handler(await buffer(message))
}

createServer((message, response) => {
  handle(message).then(
    (answer) => response.end(answer),
    (error: unknown) => response.writeHead(500).end(String(error)),
  )
}).listen(port, '127.0.0.1', () => {
  sayReady()
})
