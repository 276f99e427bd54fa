import { createHash } from 'node:crypto'
import { startSimulator, type Simulator } from '@dashang/simulator'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ACCOUNT } from '../support/account.ts'
import { hasChromium, openBrowser } from '../support/chromium.ts'
import { createInbox } from '../support/inbox.ts'
import { createMerchant, orderOf } from '../support/merchant.ts'

const DESK = { viewport: { width: 1440, height: 900 }, locale: 'en-US' } as const
const EVIL = '<img src=x onerror="document.title=1"><script>document.title=2</script>'

describe.skipIf(!hasChromium)('the page of the simulator', () => {
  let simulator: Simulator
  let browser: Browser
  let context: BrowserContext | undefined
  let inbox: Awaited<ReturnType<typeof createInbox>>
  let merchant: ReturnType<typeof createMerchant>
  let openid = ''
  const problems: string[] = []

  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser.close())
  beforeEach(async () => {
    simulator = await startSimulator({ account: ACCOUNT })
    inbox = await createInbox()
    merchant = createMerchant(simulator)
    openid = simulator.login('alice').openid
  })
  afterEach(async () => {
    await context?.close()
    await simulator.close()
    inbox.close()
    expect(problems.splice(0)).toEqual([])
  })

  async function open(options: BrowserContextOptions = DESK, query = ''): Promise<Page> {
    context = await browser.newContext(options)
    const page = await context.newPage()
    page.on('pageerror', (error) => problems.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text())
    })
    await page.goto(`${simulator.url}/_sim${query}`)
    await page.locator('#live.on').waitFor()
    await page.locator('#account', { hasText: ACCOUNT.mchid }).waitFor()
    return page
  }
  const order = (changes: Record<string, string> = {}) =>
    merchant.order(openid, { notify_url: inbox.url, ...changes })

  it('shows an order, its payment and its notification as they happen', async () => {
    const page = await open()
    expect(await page.locator('#orders li').count()).toBe(0)
    await order()
    const row = page.locator('#orders [data-key="order-0001"]')
    await row.getByText('NOTPAY').waitFor()
    expect(await row.innerText()).toContain('¥5.00')
    simulator.pay('order-0001')
    await row.getByText('SUCCESS').waitFor()
    await page.locator('#notifications').getByText('HTTP 200', { exact: true }).waitFor()
    expect(await page.locator('#notifications .chip').innerText()).toBe('accepted')
    await page.locator('#calls').getByText('unifiedorder').waitFor()
  })

  it('goes on by itself after the simulator was away', async () => {
    const page = await open()
    const port = Number(new URL(simulator.url).port)
    await simulator.close()
    await page.locator('#live:not(.on)').waitFor()
    // What the browser says of the address that was gone is no problem of the page.
    simulator = await startSimulator({ account: ACCOUNT, port })
    simulator.login('back-again')
    await page.locator('#users .rows').getByText('back-again').waitFor()
    problems.length = 0
  })

  it('pays by a button, and does what else may happen at the cashier', async () => {
    const page = await open()
    await order()
    await page.locator('#pay-order-0001').click()
    await page.locator('#orders').getByText('SUCCESS').waitFor()
    await page.locator('#open-order-order-0001').click()
    await page.locator('#pay_again-order-0001').click()
    await expect.poll(() => simulator.order('order-0001')?.transactions.length).toBe(2)
  })

  it('steps the clock to the next notification, and shows the time going on', async () => {
    inbox.isOpen = false
    const page = await open()
    await order()
    simulator.pay('order-0001')
    await page.locator('#next-event', { hasText: 'notification of order-0001' }).waitFor()
    await page.locator('#step-next').click()
    await page.locator('#notifications').getByText('attempt 2').waitFor()
    const shown = await page.locator('#now').innerText()
    expect(shown).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)
    // A whole second may pass before the text changes, and a part of one before that is drawn.
    const patience = { timeout: 3000 }
    await expect.poll(() => page.locator('#now').innerText(), patience).not.toBe(shown)
    await page.locator('#step-hour').click()
    await expect
      .poll(() => page.locator('#notifications .timeline > li').count())
      .toBeGreaterThan(5)
  })

  it('shows what an attempt sent and what it was answered', async () => {
    inbox.isOpen = false
    const page = await open()
    await order()
    simulator.pay('order-0001')
    const attempt = page.locator('#notifications .timeline > li').first()
    await attempt.locator('summary').click()
    const [request = '', answer = ''] = await attempt.locator('pre').allInnerTexts()
    expect(request).toContain('content-type: text/xml')
    expect(request).toContain('<out_trade_no><![CDATA[order-0001]]></out_trade_no>')
    expect(answer).toContain('not now')
  })

  it('tells again at a click, whatever is planned', async () => {
    inbox.isOpen = false
    const page = await open()
    await order()
    simulator.pay('order-0001')
    await page.locator('#notifications').getByText('attempt 1').waitFor()
    inbox.isOpen = true
    await page.locator('#notifications .tools button').click()
    await page.locator('#notifications .chip', { hasText: 'accepted' }).waitFor()
    expect(inbox.received).toBe(2)
    expect(simulator.platform.notifications[0]?.nextAt).toBeNull()
  })

  it('turns the keys of API v3: another mode, a new key, and the old one revoked', async () => {
    const page = await open()
    const { id } = simulator.keys.newest('public_key')
    await page.locator('#key-mode').selectOption('migration')
    await page.locator('#public-key-percent').fill('30')
    await page.locator('#set-key-mode').click()
    await expect.poll(() => simulator.keys.mode()).toBe('migration')
    expect(simulator.keys.shares().publicKeyPercent).toBe(30)
    await page.locator('#overlap').fill('40')
    await page.locator('#rotate-public_key').click()
    await expect.poll(() => page.locator('#keys .rows li').count()).toBe(3)
    expect(simulator.keys.shares().overlapPercent).toBe(40)
    await page.locator(`#keys [data-key="${id}"] button.danger`).click()
    await expect.poll(() => page.locator('#keys .rows li').count()).toBe(2)
    expect(simulator.keys.list().map((key) => key.id)).not.toContain(id)
  })

  it('says that there is no file to save the state in', async () => {
    const page = await open()
    await page.locator('#save').click()
    await page.locator('#toast', { hasText: '--state FILE' }).waitFor()
    problems.length = 0
  })

  it('names the first byte in which a signed text differs, and marks it', async () => {
    const page = await open()
    const fields = { ...merchant.sign({ out_trade_no: 'order-0001' }), sign: '' }
    const text = Object.entries(fields)
      .filter(([, value]) => value !== '')
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => `${name}=${value}`)
      .join('&')
    const sign = createHash('md5').update(text).digest('hex').toUpperCase()
    await merchant.post('orderquery', { ...fields, sign })
    const call = page.locator('#calls li').first()
    await call.locator('summary').click()
    expect(await call.locator('.hint').innerText()).toBe('the key is missing at the end')
    expect(await call.locator('.difference').innerText()).toContain(
      `first differing byte: ${String(text.length)}`,
    )
    expect(await call.locator('mark').allInnerTexts()).toEqual(['∎', '&'])
  })

  it('names no signature that nobody but the merchant can make', async () => {
    const page = await open()
    const { id: serial_no } = simulator.platform.merchantCertificate
    const parts = { mchid: ACCOUNT.mchid, nonce_str: 'a', signature: 'QUJD', serial_no }
    const timestamp = String(Math.floor(Date.now() / 1000))
    const said = Object.entries({ ...parts, timestamp }).map(([name, text]) => `${name}="${text}"`)
    const authorization = `WECHATPAY2-SHA256-RSA2048 ${said.join(',')}`
    const headers = { authorization, accept: 'application/json', 'user-agent': 'somebody' }
    await fetch(`${simulator.url}/v3/pay/transactions/id/1?mchid=${ACCOUNT.mchid}`, { headers })
    const call = page.locator('#calls li').first()
    await call.locator('summary').click()
    expect(await call.locator('h3').allInnerTexts()).toEqual(['Sent signature', 'To be signed'])
  })

  it('has fields and buttons on one line, and nothing that touches', async () => {
    const page = await open()
    await page.locator('#key-mode').selectOption('migration')
    const edges = async (selector: string) => {
      const box = await page.locator(selector).boundingBox()
      return { top: box?.y ?? NaN, bottom: (box?.y ?? NaN) + (box?.height ?? NaN) }
    }
    expect(await edges('#set-key-mode')).toEqual(await edges('#key-mode'))
    expect(await edges('#download-bill')).toEqual(await edges('#show-bill'))
    const label = await edges('label:has(#overlap)')
    expect(label.top - (await edges('#key-mode')).bottom).toBeGreaterThanOrEqual(8)
  })

  it('sets a fault that then happens, counts it off, and clears the rest', async () => {
    const page = await open()
    await page.locator('#fault-filter').fill('unifiedorder system_error')
    await page.locator('#once-unifiedorder-system_error').click()
    await page.locator('#faults .rules').getByText('unifiedorder: system_error').waitFor()
    expect(await order()).toMatchObject({ result_code: 'FAIL', err_code: 'SYSTEMERROR' })
    await page.locator('#faults .rules li').waitFor({ state: 'detached' })
    await page.locator('#always-unifiedorder-system_error').click()
    await page.locator('#clear-faults').click()
    await page.locator('#faults .rules li').waitFor({ state: 'detached' })
    expect(await order()).toMatchObject({ result_code: 'SUCCESS' })
  })

  it('gives a log-in code for a new user', async () => {
    const page = await open()
    await page.locator('#user-name').fill('小明')
    await page.locator('#log-in').click()
    const code = await page.locator('#given-code code').innerText()
    expect(simulator.platform.codes.has(code)).toBe(true)
    await page.locator('#users .rows').getByText('小明').waitFor()
  })

  it('checks the parameters of a payment as a phone does', async () => {
    const page = await open()
    await page.locator('#open-request-payment').click()
    await page.locator('#parameters').fill('{"timeStamp": "1735689600", "nonceStr": "n"}')
    await page.locator('#check-parameters').click()
    await page.locator('#payment-request').getByText('requestPayment:fail').waitFor()
  })

  it('shows the bill of a day once it is made', async () => {
    const page = await open()
    await order()
    simulator.pay('order-0001')
    const day = await page.locator('#now').innerText()
    await page.locator('#bill-day').fill(day.slice(0, 10))
    await page.locator('#show-bill').click()
    await page.locator('#toast', { hasText: 'this day is not over' }).waitFor()
    problems.length = 0
    await simulator.clock.advance(34 * 3_600_000)
    await page.locator('#show-bill').click()
    await page.locator('#bill-text', { hasText: 'order-0001' }).waitFor()
    const href = (await page.locator('#download-bill').getAttribute('href')) ?? ''
    const file = await (await fetch(`${simulator.url}${href}`)).text()
    expect(file).toContain('`5.00')
  })

  it('forgets everything when told twice', async () => {
    await order()
    const page = await open()
    await page.locator('#orders li').waitFor()
    page.once('dialog', (dialog) => void dialog.dismiss())
    await page.locator('#reset').click()
    expect(simulator.platform.orders.size).toBe(1)
    page.once('dialog', (dialog) => void dialog.accept())
    await page.locator('#reset').click()
    await page.locator('#orders li').waitFor({ state: 'detached' })
    expect(simulator.platform.orders.size).toBe(0)
  })

  it('shows what users and merchants send as text, whatever it holds', async () => {
    simulator.login(EVIL)
    await order({ out_trade_no: 'evil-0001', body: EVIL, attach: EVIL })
    await merchant.post('orderquery', { ...orderOf(openid), out_trade_no: EVIL, sign: EVIL })
    const page = await open()
    await page.locator('#open-order-evil-0001').click()
    await page.locator('#users .rows').getByText(EVIL).waitFor()
    expect(await page.locator('#orders .facts').innerText()).toContain(EVIL)
    expect(await page.locator('main img').count()).toBe(0)
    expect(await page.title()).toBe('WeChat simulator')
  })

  it('leaves open what was opened, and the focus where it was', async () => {
    const page = await open()
    await order()
    await page.locator('#open-order-order-0001').click()
    await page.locator('#open-order-order-0001').focus()
    simulator.pay('order-0001')
    await page.locator('#orders').getByText('SUCCESS').waitFor()
    expect(await page.locator('#orders details').getAttribute('open')).not.toBeNull()
    expect(await page.locator(':focus').getAttribute('id')).toBe('open-order-order-0001')
  })

  it('speaks Chinese where the browser does, and the other language at a click', async () => {
    const page = await open({ ...DESK, locale: 'zh-CN' })
    expect(await page.locator('#orders h2').innerText()).toBe('订单')
    await page.locator('#language').click()
    await page.locator('#orders h2', { hasText: 'Orders' }).waitFor()
  })
})
