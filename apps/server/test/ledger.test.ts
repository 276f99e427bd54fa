import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { CHANNELS } from './support/dialects.ts'
import { askRefund, pass, payOrder } from './support/refunds.ts'
import { startWorld, type Client, type World } from './support/world.ts'

describe.each(CHANNELS)('by API %s:', (channel) => {
  let world: World
  let alice: Client

  beforeAll(async () => {
    world = await startWorld({ WECHAT_PAY_CHANNEL: channel })
    alice = await world.signIn('alice')
  })
  afterAll(() => world.close())

  const ID = '00000000-0000-7000-8000-000000000001'

  const check = () => world.asOperator('GET', '/api/admin/ledger/check')

  describe('the ledger', () => {
    it('has both sides of a payment as soon as the order is paid', async () => {
      const orderId = await payOrder(world, 500)
      const [movement, ...others] = await world.db.ledgerTransaction.findMany({
        where: { orderId },
        include: { entries: { orderBy: { id: 'asc' } } },
      })
      expect(others).toEqual([])
      expect(movement).toMatchObject({
        kind: 'payment',
        reference: world.simulator.order(orderId)?.transactionId,
        entries: [
          { account: 'wechat_clearing', amountFen: 500 },
          { account: 'user_payments', amountFen: -500 },
        ],
      })
    })

    it('adds up, and says so to the operator', async () => {
      await payOrder(world, 300)
      const { status, body } = await check()
      expect(status).toBe(200)
      expect(body).toMatchObject({ isRight: true, findings: [] })
      expect(body['balancesFen']).toEqual({ user_payments: -800, wechat_clearing: 800 })
    })

    it('is checked by the job too, and what came out is kept', async () => {
      const before = await world.db.ledgerCheck.count()
      await world.queue.boss.send('check_ledger', {})
      await world.runDueJobs()
      expect(await world.db.ledgerCheck.count()).toBe(before + 1)
    })

    it('has a job only if the transaction that asked for it was committed', async () => {
      const enqueue = (isBroken: boolean) =>
        world.db.$transaction(async (tx) => {
          await world.queue.enqueue(tx, 'check_ledger', {}, world.simulator.clock.now())
          if (isBroken) throw new Error('on purpose')
        })
      const before = await world.db.ledgerCheck.count()
      await expect(enqueue(true)).rejects.toThrow('on purpose')
      await world.runDueJobs()
      expect(await world.db.ledgerCheck.count()).toBe(before)
      await enqueue(false)
      await world.runDueJobs()
      expect(await world.db.ledgerCheck.count()).toBe(before + 1)
    })
  })

  describe('the database refuses', () => {
    const movement = (
      entries: [account: string, fen: number][],
      id: string = crypto.randomUUID(),
    ) => [
      world.db.$executeRawUnsafe(
        `INSERT INTO ledger_transaction VALUES ('${id}', 'fees', '${id}', NULL, now())`,
      ),
      ...entries.map(([account, fen]) =>
        world.db.$executeRawUnsafe(
          `INSERT INTO ledger_entry (ledger_transaction_id, account, amount_fen)
         VALUES ('${id}', '${account}', ${fen})`,
        ),
      ),
    ]

    it('a movement of which one side is missing', async () => {
      await expect(world.db.$transaction(movement([['fees', 5]]))).rejects.toThrow('not balanced')
      await expect(world.db.$transaction(movement([]))).rejects.toThrow('not balanced')
    })

    it('a movement whose sides differ', async () => {
      const sides = movement([
        ['fees', 5],
        ['wechat_clearing', -4],
      ])
      await expect(world.db.$transaction(sides)).rejects.toThrow('not balanced')
    })

    it('a side that is added later, even a pair that balances', async () => {
      const { id } = await world.db.ledgerTransaction.findFirstOrThrow()
      const [, ...entries] = movement(
        [
          ['fees', 5],
          ['wechat_clearing', -5],
        ],
        id,
      )
      await expect(world.db.$transaction(entries)).rejects.toThrow('is closed')
    })

    it.each([
      'UPDATE ledger_entry SET amount_fen = amount_fen * 2',
      'DELETE FROM ledger_entry',
      'TRUNCATE ledger_transaction CASCADE',
      "UPDATE ledger_transaction SET reference = 'another'",
      'DELETE FROM ledger_transaction',
      "UPDATE order_event SET to_state = 'closed'",
      'DELETE FROM order_event',
    ])('%s', async (sql) => {
      await expect(world.db.$executeRawUnsafe(sql)).rejects.toThrow('append-only')
    })

    it('to edit or to forget what an operator did', async () => {
      const deed = { operator: 'li', action: 'test', target: ID, details: {} }
      await world.db.auditRecord.create({ data: { ...deed, createdAt: new Date() } })
      await expect(world.db.auditRecord.deleteMany()).rejects.toThrow('append-only')
      await expect(world.db.auditRecord.updateMany({ data: { operator: 'wu' } })).rejects.toThrow(
        'append-only',
      )
    })
  })

  describe('the check finds', () => {
    beforeAll(async () => {
      const orderId = await payOrder(world, 900)
      await askRefund(world, orderId, { amountFen: 200 })
      const twice = await payOrder(world, 800)
      world.simulator.pay(twice, 'pay_again')
      await vi.waitFor(async () => {
        expect(await world.db.refund.count()).toBe(2)
      })
      for (const seconds of [0, 10, 30]) await pass(world, seconds)
      expect((await check()).body).toMatchObject({ isRight: true })
    })

    /** Breaks the books as only a database administrator can, looks, and mends them again. */
    async function findingsAfter(broken: string, mended: string): Promise<unknown> {
      const run = (sql: string) =>
        world.db.$transaction([
          world.db.$executeRawUnsafe(`SET LOCAL session_replication_role = 'replica'`),
          world.db.$executeRawUnsafe(sql),
        ])
      await run(broken)
      const { body } = await check()
      await run(mended)
      const findings = body['findings'] as { rule: string }[]
      return [...new Set(findings.map(({ rule }) => rule))]
    }

    it.each<[rule: string, broken: string, mended: string]>([
      [
        'transaction_unbalanced',
        `UPDATE ledger_entry SET amount_fen = 501 WHERE amount_fen = 500`,
        `UPDATE ledger_entry SET amount_fen = 500 WHERE amount_fen = 501`,
      ],
      [
        'payment_not_posted',
        `UPDATE tip_order SET transaction_id = transaction_id || 'x'`,
        `UPDATE tip_order SET transaction_id = rtrim(transaction_id, 'x')`,
      ],
      [
        'posting_without_payment',
        `UPDATE ledger_transaction SET order_id = NULL WHERE kind = 'payment' RETURNING 1`,
        `UPDATE ledger_transaction SET order_id = o.id FROM tip_order o WHERE o.transaction_id = reference`,
      ],
      [
        'state_without_event',
        `UPDATE tip_order SET state = 'closed', closed_at = now(), transaction_id = NULL
       WHERE amount_fen = 300`,
        `UPDATE tip_order SET state = 'paid', closed_at = NULL, transaction_id = (
         SELECT reference FROM ledger_transaction WHERE order_id = tip_order.id)
       WHERE amount_fen = 300`,
      ],
      [
        'events_broken',
        `UPDATE order_event SET from_state = 'closed' WHERE to_state = 'prepaid'`,
        `UPDATE order_event SET from_state = 'created' WHERE to_state = 'prepaid'`,
      ],
      [
        'refund_not_posted',
        `UPDATE refund SET amount_fen = 201 WHERE amount_fen = 200`,
        `UPDATE refund SET amount_fen = 200 WHERE amount_fen = 201`,
      ],
      [
        'refund_not_posted',
        `UPDATE ledger_transaction SET kind = 'refund' WHERE kind = 'second_refund'`,
        `UPDATE ledger_transaction SET kind = 'second_refund' WHERE kind = 'refund' AND reference IN
         (SELECT id FROM refund WHERE origin = 'second_transaction')`,
      ],
      [
        'posting_without_refund',
        `UPDATE ledger_transaction SET reference = reference || 'x' WHERE kind = 'refund'`,
        `UPDATE ledger_transaction SET reference = rtrim(reference, 'x') WHERE kind = 'refund'`,
      ],
      [
        'second_payment_not_posted',
        `UPDATE ledger_transaction SET reference = reference || 'x' WHERE kind = 'second_payment'`,
        `UPDATE ledger_transaction SET reference = rtrim(reference, 'x') WHERE kind = 'second_payment'`,
      ],
      [
        'refund_state_without_event',
        `UPDATE refund SET state = 'closed' WHERE amount_fen = 200`,
        `UPDATE refund SET state = 'succeeded' WHERE amount_fen = 200`,
      ],
      [
        'refund_events_broken',
        `UPDATE refund_event SET from_state = 'abnormal' WHERE type = 'succeeded'`,
        `UPDATE refund_event SET from_state = 'processing' WHERE type = 'succeeded'`,
      ],
      [
        'reservation_wrong',
        `UPDATE tip_order SET refund_reserved_fen = 199 WHERE amount_fen = 900`,
        `UPDATE tip_order SET refund_reserved_fen = 200 WHERE amount_fen = 900`,
      ],
    ])('%s', async (rule, broken, mended) => {
      expect(await findingsAfter(broken, mended)).toContain(rule)
      expect((await check()).body).toMatchObject({ isRight: true })
    })
  })

  describe('an operator', () => {
    const ask = (authorization?: string) =>
      fetch(`${world.url}/api/admin/ledger/check`, {
        headers: authorization === undefined ? {} : { authorization },
      })

    it.each([
      ['no token', undefined],
      ["a token that is nobody's", `Bearer ${'x'.repeat(32)}`],
      ['another scheme', 'Basic operator-token-operator-token-00'],
    ])('with %s is unknown', async (_, authorization) => {
      const response = await ask(authorization)
      expect(response.status).toBe(401)
      expect(await response.json()).toMatchObject({ code: 'OPERATOR_UNKNOWN' })
    })

    it('who is only a person who tips is unknown', async () => {
      expect((await ask(`Bearer ${alice.token}`)).status).toBe(401)
    })
  })
})
