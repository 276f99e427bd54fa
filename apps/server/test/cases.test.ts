import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CHANNELS, tell, tellingOf } from './support/dialects.ts'
import { ACCOUNT, newOrderId, OPERATOR, startWorld, type World } from './support/world.ts'

const WU = { name: 'wu', token: 'operator-token-operator-token-01', scopes: ['cases'] }
const HE = { name: 'he', token: 'operator-token-operator-token-02', scopes: ['refunds', 'ledger'] }
const NOBODY = '00000000-0000-7000-8000-000000000000'

describe.each(CHANNELS)('by API %s:', (channel) => {
  let world: World

  beforeAll(async () => {
    world = await startWorld({ OPERATORS: JSON.stringify([OPERATOR, WU, HE]) })
  })
  afterAll(() => world.close())

  /** Money for an order that nobody placed. */
  async function openCase(): Promise<string> {
    const orderId = newOrderId()
    await tell(world, channel, tellingOf(orderId, 'oAlice'))
    return (await world.db.case.findFirstOrThrow({ where: { orderId } })).id
  }

  const settle = (caseId: string, reason: unknown = '已人工核对') =>
    world.asOperator('POST', `/api/admin/cases/${caseId}/settle`, { reason })
  const ask = (path: string, token: string, init: RequestInit = {}) =>
    fetch(`${world.url}/api/admin/cases${path}`, {
      ...init,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    })

  describe('a case', () => {
    it('is shown to the operator with what does not fit, and without who paid', async () => {
      const caseId = await openCase()
      const { status, body } = await world.asOperator('GET', `/api/admin/cases/${caseId}`)
      expect(status).toBe(200)
      expect(body).toMatchObject({
        caseId,
        kind: 'unknown_order',
        state: 'open',
        cause: 'notification',
        fields: ['orderId'],
        fact: { amountFen: 500, appid: ACCOUNT.appid },
        settledBy: null,
      })
      expect(JSON.stringify(body)).not.toContain('oAlice')
    })

    it('is settled by a named operator with a reason, which is written down with it', async () => {
      const caseId = await openCase()
      const { status, body } = await settle(caseId)
      expect(status).toBe(200)
      expect(body).toMatchObject({ state: 'settled', settledBy: 'li', reason: '已人工核对' })
      expect(await world.db.auditRecord.findMany({ where: { target: caseId } })).toMatchObject([
        { operator: 'li', action: 'case_settled', details: { reason: '已人工核对' } },
      ])
    })

    it('is settled once, however often the same operator says the same', async () => {
      const caseId = await openCase()
      const replies = await Promise.all(Array.from({ length: 5 }, () => settle(caseId)))
      expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
      expect(new Set(replies.map(({ body }) => JSON.stringify(body))).size).toBe(1)
      expect(await world.db.auditRecord.count({ where: { target: caseId } })).toBe(1)
    })

    it('refuses a second settlement by another operator or for another reason', async () => {
      const caseId = await openCase()
      await settle(caseId)
      const refused = { status: 409, body: { code: 'CASE_SETTLED' } }
      expect(await settle(caseId, 'another reason')).toMatchObject(refused)
      const body = JSON.stringify({ reason: '已人工核对' })
      const other = await ask(`/${caseId}/settle`, WU.token, { method: 'POST', body })
      expect(other.status).toBe(409)
      expect(await world.db.case.findUnique({ where: { id: caseId } })).toMatchObject({
        settledBy: 'li',
      })
      expect(await world.db.auditRecord.count({ where: { target: caseId } })).toBe(1)
    })

    it.each([[''], [' \n'], ['x'.repeat(501)], ['a\u0000b'], [5], [undefined]])(
      'refuses %j as a reason, and stays open',
      async (reason) => {
        const caseId = await openCase()
        const reply = await world.asOperator('POST', `/api/admin/cases/${caseId}/settle`, {
          reason,
        })
        expect(reply).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } })
        expect(await world.db.case.findUnique({ where: { id: caseId } })).toMatchObject({
          state: 'open',
        })
      },
    )

    it('that there is not is 404, and an id that is none is 400', async () => {
      const notFound = { status: 404, body: { code: 'CASE_NOT_FOUND' } }
      expect(await world.asOperator('GET', `/api/admin/cases/${NOBODY}`)).toMatchObject(notFound)
      expect(await settle(NOBODY)).toMatchObject(notFound)
      expect(await world.asOperator('GET', '/api/admin/cases/7')).toMatchObject({ status: 400 })
    })

    it('is closed to an operator without the scope, and to everybody else', async () => {
      const caseId = await openCase()
      const body = JSON.stringify({ reason: 'x' })
      for (const path of ['', `/${caseId}`]) {
        expect((await ask(path, HE.token)).status).toBe(403)
        expect((await ask(path, 'x'.repeat(32))).status).toBe(401)
      }
      const settling = await ask(`/${caseId}/settle`, HE.token, { method: 'POST', body })
      expect(await settling.json()).toMatchObject({ code: 'OPERATOR_FORBIDDEN' })
      expect((await ask(`/${caseId}`, WU.token)).status).toBe(200)
    })
  })

  describe('the list of cases', () => {
    const list = async (query: string) => {
      const { status, body } = await world.asOperator('GET', `/api/admin/cases${query}`)
      const { cases = [], nextCursor } = body as unknown as {
        cases?: { caseId: string; state: string }[]
        nextCursor: string | null
      }
      return { status, cases, nextCursor }
    }

    it('has each open case once over its pages, newest first, and none that is settled', async () => {
      for (let i = 0; i < 60; i += 1) await openCase()
      const settled = await openCase()
      await settle(settled)
      const first = await list('')
      const second = await list(`?state=open&cursor=${first.nextCursor ?? ''}`)
      expect(first.cases).toHaveLength(50)
      expect(second.nextCursor).toBeNull()
      const open = await world.db.case.findMany({
        where: { state: 'open' },
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      })
      const seen = [...first.cases, ...second.cases].map(({ caseId }) => caseId)
      expect(seen).toEqual(open.map(({ id }) => id))
      expect((await list('?state=settled')).cases[0]).toMatchObject({ caseId: settled })
    })

    it.each(['?state=all', '?cursor=eHg', '?order=up'])('refuses %s', async (query) => {
      expect((await list(query)).status).toBe(400)
    })
  })
})
