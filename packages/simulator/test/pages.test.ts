import { createHash } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import Fastify from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventRoutes } from '../src/control/events.ts'
import { controlRoutes } from '../src/control/routes.ts'
import { startSimulator, type Simulator } from '../src/simulator.ts'
import { ACCOUNT } from './account.ts'
import { createMerchant, orderFields } from './merchant.ts'
import { createV3Merchant, JSAPI } from './v3-merchant.ts'

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSimulator({ account: ACCOUNT })
})
afterAll(() => simulator.close())

const get = (path: string, acceptLanguage = 'en') =>
  fetch(`${simulator.url}${path}`, { headers: { 'accept-language': acceptLanguage } })

describe.each(['/_sim', '/_sim/cashier/order-0001'])('the page %s', (path) => {
  it('forbids every script but those of the simulator', async () => {
    const policy = (await get(path)).headers.get('content-security-policy')
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self'")
    expect(policy).not.toContain('unsafe')
  })

  it('has no script and no style within', async () => {
    const html = await (await get(path)).text()
    expect(html).not.toMatch(/<style|<script(?![^>]*src=)|\sstyle=|\son\w+=/)
  })

  it('asks only for files that there are, with their types', async () => {
    const html = await (await get(path)).text()
    const files = [...html.matchAll(/(?:src|href)="(\/_sim\/assets\/[^"]+)"/g)]
    expect(files.length).toBeGreaterThan(2)
    for (const [, file = ''] of files) {
      const response = await get(file)
      expect(response.status).toBe(200)
      expect(response.headers.get('content-type')).toMatch(/javascript|css|svg/)
    }
  })

  it('is in the language of the reader', async () => {
    expect(await (await get(path, 'zh-CN')).text()).toContain('<html lang="zh-CN">')
    expect(await (await get(path, 'en-GB')).text()).toContain('<html lang="en">')
    expect(await (await get(`${path}?lang=zh`, 'en')).text()).toContain('<html lang="zh-CN">')
  })
})

describe('the files of the pages', () => {
  it('are served one by one, and nothing beside them', async () => {
    const folder = new URL('../src/pages/assets/', import.meta.url)
    const names = (await readdir(folder, { recursive: true })).filter((n) => n.endsWith('.js'))
    expect(names).toContain('overview.js')
    for (const name of names) expect((await get(`/_sim/assets/${name}`)).status).toBe(200)
    for (const path of ['tsconfig.json', '../routes.ts', '%2e%2e/routes.ts', 'none.js']) {
      expect((await get(`/_sim/assets/${path}`)).status).toBe(404)
    }
  })
})

interface ActionsModule {
  readonly ACTIONS: Readonly<Record<string, readonly [method: string, path: string]>>
  readonly addressOf: (action: string, place: object) => string
}

describe('the actions of the page', () => {
  const actionsOfPage = async () => {
    const file = new URL('../src/pages/assets/overview/actions.js', import.meta.url)
    return (await import(file.href)) as ActionsModule
  }

  it('are all that the control API can do', async () => {
    const app = Fastify()
    const routes: string[] = []
    app.addHook('onRoute', ({ method, path }) => {
      if (method !== 'HEAD') routes.push(`${String(method)} ${path}`)
    })
    controlRoutes(app, simulator.platform, { stateFile: null })
    eventRoutes(app, { changes: simulator.platform.changes })
    await app.close()
    expect(routes.length).toBeGreaterThan(20)
    const { ACTIONS } = await actionsOfPage()
    const actions = Object.values(ACTIONS).map((action) => action.join(' '))
    expect(actions.toSorted()).toEqual(routes.toSorted())
  })

  it('name what they are about in their address, whatever it holds', async () => {
    const { addressOf } = await actionsOfPage()
    expect(addressOf('removeFault', { params: { id: 'a/b ?' } })).toBe('/_sim/faults/a%2Fb%20%3F')
    expect(addressOf('readBill', { query: { day: '2026-01-31', kind: 'FUND_FLOW' } })).toBe(
      '/_sim/bills?day=2026-01-31&kind=FUND_FLOW',
    )
  })
})

describe('GET /_sim/state?newest=', () => {
  it('shows the newest of each kind, and how many there are', async () => {
    const { openid } = simulator.login('alice')
    const merchant = createMerchant(simulator)
    for (const out_trade_no of ['order-0001', 'order-0002', 'order-0003']) {
      await merchant.send('unifiedorder', orderFields(openid, { out_trade_no }))
    }
    expect(await (await get('/_sim/state?newest=2')).json()).toMatchObject({
      orders: [{ outTradeNo: 'order-0003', amount: '¥5.00' }, { outTradeNo: 'order-0002' }],
      counts: { orders: 3, users: 1 },
      users: [{ name: 'alice', openid, orders: 3 }],
    })
    expect((await get('/_sim/state?newest=none')).status).toBe(400)
  })
})

describe('a call with a wrong signature', () => {
  it('keeps the text that was signed, the one that should have been, and where they differ', async () => {
    const fields = {
      appid: ACCOUNT.appid,
      mch_id: ACCOUNT.mchid,
      nonce_str: 'n',
      out_trade_no: 'o',
    }
    const text = `appid=${ACCOUNT.appid}&mch_id=${ACCOUNT.mchid}&nonce_str=n&out_trade_no=o`
    const sign = createHash('md5').update(text).digest('hex').toUpperCase()
    const xml = Object.entries({ ...fields, sign }).map(([name, v]) => `<${name}>${v}</${name}>`)
    await createMerchant(simulator).post('orderquery', `<xml>${xml.join('')}</xml>`)
    expect(simulator.platform.calls.at(-1)).toMatchObject({
      api: 'orderquery',
      result: 'SIGNERROR',
      signature: {
        sentText: text,
        expectedText: `${text}&key=<the v2 key>`,
        mistake: 'the key is missing at the end',
        firstDifferingByte: text.length,
      },
    })
  })
})

describe('a call of v3 with a wrong signature', () => {
  const lastSignature = () => simulator.platform.calls.at(-1)?.signature

  it('keeps both texts where a usual mistake explains it', async () => {
    const body = JSON.stringify({ description: '打赏' })
    await createV3Merchant(simulator).post(JSAPI, body, { signedBody: '' })
    const { sentText = '', expectedText = '', ...facts } = lastSignature() ?? {}
    expect(facts).toMatchObject({
      algorithm: 'WECHATPAY2-SHA256-RSA2048',
      mistake: 'it is signed with an empty body',
      expectedSignature: null,
      firstDifferingByte: Buffer.byteLength(expectedText) - Buffer.byteLength(`${body}\n`),
    })
    expect(expectedText).toBe(`${String(sentText).slice(0, -1)}${body}\n`)
    expect(expectedText).toMatch(/^POST\n\/v3\/pay\/transactions\/jsapi\n[0-9]+\n[0-9a-f]{32}\n/)
  })

  it('keeps the text that should have been signed where nothing explains it', async () => {
    await createV3Merchant(simulator).post(JSAPI, {}, { signedBody: 'something else' })
    expect(lastSignature()).toMatchObject({
      sentText: null,
      mistake: null,
      firstDifferingByte: null,
    })
    expect(lastSignature()?.expectedText).toContain('\n{}\n')
    expect(lastSignature()?.sentSignature).toMatch(/^[A-Za-z0-9+/]+=*$/)
  })
})

describe('a step to the next event', () => {
  const step = async () => {
    const response = await fetch(`${simulator.url}/_sim/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ to: 'next_event' }),
    })
    return (await response.json()) as { now: string; nextEventAt: string | null }
  }

  it('goes no further than the next notification, and tells of the one after', async () => {
    const { openid } = simulator.login('alice')
    const order = orderFields(openid, { out_trade_no: 'order-0009' })
    await createMerchant(simulator).send('unifiedorder', order)
    simulator.pay('order-0009')
    const [notification] = simulator.platform.notifications
    await expect.poll(() => notification?.attempts.length).toBe(1)
    const before = simulator.clock.now().getTime()
    const { now, nextEventAt } = await step()
    expect(notification?.attempts.length).toBe(2)
    expect(new Date(now).getTime() - before).toBeGreaterThan(10_000)
    expect(new Date(now).getTime() - before).toBeLessThan(20_000)
    expect(new Date(nextEventAt ?? 0)).toEqual(notification?.nextAt)
  })

  it('goes nowhere when nothing is planned', async () => {
    await fetch(`${simulator.url}/_sim/reset`, { method: 'POST' })
    const before = simulator.clock.now().getTime()
    const { nextEventAt } = await step()
    expect(nextEventAt).toBeNull()
    expect(simulator.clock.now().getTime() - before).toBeLessThan(5000)
  })
})
