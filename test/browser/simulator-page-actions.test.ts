import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startSimulator, type Simulator } from '@dashang/simulator'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ACCOUNT } from '../support/account.ts'
import { seriousFindings } from '../support/axe.ts'
import { hasChromium, openBrowser } from '../support/chromium.ts'
import { createInbox } from '../support/inbox.ts'
import { createMerchant } from '../support/merchant.ts'
import { createWechatCalls } from '../support/wechat-calls.ts'

const DESK = { viewport: { width: 1280, height: 900 }, locale: 'en-US' } as const
const TEMPLATE = 'Tpl_'.padEnd(43, '0')

const beijingDay = (at: Date) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' }).format(at)

describe.skipIf(!hasChromium)('what the page of the simulator can do', () => {
  let simulator: Simulator
  let browser: Browser
  let context: BrowserContext | undefined
  let inbox: Awaited<ReturnType<typeof createInbox>>
  let merchant: ReturnType<typeof createMerchant>
  let wechat: ReturnType<typeof createWechatCalls>
  let openid = ''
  let folder = ''
  const problems: string[] = []

  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser.close())
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'simulator-page-'))
    simulator = await startSimulator({ account: ACCOUNT, stateFile: join(folder, 'state') })
    inbox = await createInbox()
    merchant = createMerchant(simulator)
    wechat = createWechatCalls(simulator)
    openid = simulator.login('alice').openid
  })
  afterEach(async () => {
    await context?.close()
    await simulator.close()
    inbox.close()
    await rm(folder, { recursive: true })
    expect(problems.splice(0)).toEqual([])
  })

  async function open(options: BrowserContextOptions = DESK, hash = ''): Promise<Page> {
    context = await browser.newContext(options)
    const page = await context.newPage()
    page.on('pageerror', (error) => problems.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text())
    })
    await page.goto(`${simulator.url}/_sim${hash}`)
    await page.locator('#live.on').waitFor()
    await page.locator('#account', { hasText: ACCOUNT.mchid }).waitFor()
    return page
  }
  const order = (changes: Record<string, string> = {}) =>
    merchant.order(openid, { notify_url: inbox.url, ...changes })

  const post = async (path: string, body: object) => {
    const answer = await fetch(`${simulator.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    expect(answer.status).toBe(200)
  }

  /** One of each thing that something can be done to, told to a server that does not want to know. */
  async function fill(): Promise<void> {
    await wechat.exchange(simulator.login('alice').code)
    inbox.isOpen = false
    simulator.faults.add({ on: 'refund_settlement', fault: 'hold' })
    await order()
    const { prepay_id: prepayId = '' } = await order({ out_trade_no: 'order-0002' })
    simulator.pay('order-0001')
    const options = { timeStamp: '1735689600', nonceStr: 'n', package: `prepay_id=${prepayId}` }
    simulator.requestPayment({ openid, ...options, signType: 'MD5', paySign: 'WRONG' })
    await wechat.payV3({
      method: 'POST',
      target: '/v3/refund/domestic/refunds',
      content: {
        out_trade_no: 'order-0001',
        out_refund_no: 'refund-0001',
        amount: { refund: 100, total: 500, currency: 'CNY' },
      },
    })
    await wechat.weixin('/wxa/msg_sec_check', { version: 2, scene: 2, openid, content: '真好' })
    await simulator.clock.advance(6000)
    await wechat.weixin('/wxa/sec/order/upload_shipping_info', {
      order_key: { order_number_type: 1, mchid: ACCOUNT.mchid, out_trade_no: 'order-0001' },
      logistics_type: 3,
      delivery_mode: 1,
      shipping_list: [{ item_desc: '打赏' }],
      upload_time: '2026-01-24T13:29:35.120+08:00',
      payer: { openid },
    })
    await post('/_sim/message-acceptances', { openid, templateId: TEMPLATE })
    await sendMessage()
  }
  const sendMessage = () =>
    wechat.weixin('/cgi-bin/message/subscribe/send', {
      touser: openid,
      template_id: TEMPLATE,
      page: 'pages/thanks',
      data: { thing1: { value: '一杯咖啡' }, amount2: { value: '¥5.00' } },
    })
  const unfold = (page: Page) =>
    page.evaluate("document.querySelectorAll('details').forEach((d) => (d.open = true))")

  it('has something to press for each thing that the control API can do', async () => {
    await fill()
    const page = await open()
    await page.locator('#notifications .timeline li').first().waitFor()
    await unfold(page)
    const names = "Object.values(ACTIONS).map((action) => action.join(' ')).sort()"
    const all = await page.evaluate<string[]>(
      `import('/_sim/assets/overview/actions.js').then(({ ACTIONS }) => ${names})`,
    )
    const shown = await page.evaluate<string[]>(
      "[...document.querySelectorAll('[data-action]')].filter((e) => e.checkVisibility()).map((e) => e.dataset.action)",
    )
    expect([...new Set(shown)].toSorted()).toEqual(all)
  })

  it('makes a rule of every option that its fault understands, and of no other', async () => {
    const page = await open()
    await page.locator('#fault-filter').fill('delay')
    await page.locator('#with-notification-delay').click()
    const names = () =>
      page.evaluate<string[]>(
        "[...document.querySelectorAll('#faults form .form input')].map(({ name }) => name)",
      )
    expect(await names()).toEqual(['times', 'after', 'every', 'orders', 'seconds'])
    await page.locator('#rule-times').fill('3')
    await page.locator('#rule-after').fill('1')
    await page.locator('#rule-orders').fill('order-0001, order-0002')
    await page.locator('#rule-seconds').fill('0.5')
    await page.locator('#add-rule').click()
    const rule = page.locator('#faults .rules li')
    await rule.getByText('lets 1 pass first · 3 left').waitFor()
    expect(simulator.faults.list()).toMatchObject([
      {
        on: 'notification',
        fault: 'delay',
        times: 3,
        after: 1,
        orders: ['order-0001', 'order-0002'],
        seconds: 0.5,
      },
    ])
    await page.locator('#rule-on').selectOption('msg_sec_check')
    await page.locator('#rule-fault').selectOption('risky')
    expect(await names()).toEqual(['times', 'after', 'every', 'words'])
    await page.locator('#rule-words').fill('坏人 骗子')
    await page.locator('#rule-words').press('Enter')
    await expect.poll(() => simulator.faults.list()).toHaveLength(2)
    expect(simulator.faults.list()[1]).toMatchObject({ words: ['坏人', '骗子'] })
  })

  it('says how often a rule struck, and removes that one alone', async () => {
    simulator.faults.add({ on: 'unifiedorder', fault: 'system_error', times: 3 })
    const id = simulator.faults.add({ on: 'closeorder', fault: 'cut' })
    const page = await open()
    await order()
    const rules = page.locator('#faults .rules')
    await rules.getByText('struck 1× · 2 left').waitFor()
    await page.locator(`#remove-${id}`).click()
    await rules.getByText('closeorder').waitFor({ state: 'detached' })
    expect(simulator.faults.list()).toMatchObject([{ on: 'unifiedorder', fired: 1, left: 2 }])
  })

  it('accepts a message for a user, and draws it as the phone would once it is sent', async () => {
    const page = await open()
    await page.locator('#template').fill(TEMPLATE)
    await page.locator('#accept-message').click()
    await page.locator('#messages .accepted').getByText('takes 1 more').waitFor()
    expect(await sendMessage()).toMatchObject({ errcode: 0 })
    const card = page.locator('#messages .cards li')
    await card.getByText('一杯咖啡').waitFor()
    const text = await card.innerText()
    for (const part of ['alice', '打赏小店', 'amount2', '¥5.00', 'pages/thanks']) {
      expect(text).toContain(part)
    }
    await page.locator('#messages .accepted').getByText('takes 0 more').waitFor()
  })

  it('shows the texts that were checked, the reports, and whether reports are demanded', async () => {
    await fill()
    const page = await open()
    expect(await page.locator('#textChecks .rows li').innerText()).toMatch(/真好[^]*alice[^]*pass/)
    const report = page.locator('#shipments .rows li')
    expect(await report.innerText()).toMatch(/order-0001[^]*打赏[^]*virtual goods[^]*shipped/)
    await page.locator('#trade-management').click()
    await page.locator('#shipments').getByText('Paid orders need no report.').waitFor()
    expect(simulator.platform.miniProgram.isTradeManaged).toBe(false)
  })

  it('settles a refund, and saves the state where it is told', async () => {
    await fill()
    const page = await open()
    await page.locator('#refunds').getByText('PROCESSING').waitFor()
    await page.locator('#REFUNDCLOSE-refund-0001').click()
    await page.locator('#refunds .chip', { hasText: 'REFUNDCLOSE' }).waitFor()
    await page.locator('#state-file', { hasText: folder }).waitFor()
    await page.locator('#save').click()
    await page.locator('#toast', { hasText: 'The state is saved.' }).waitFor()
    expect((await readFile(join(folder, 'state'))).length).toBeGreaterThan(1000)
  })

  it('shows the movements of the balance of a day', async () => {
    await order()
    simulator.pay('order-0001')
    const day = beijingDay(simulator.clock.now())
    // Whatever time it is, then it is past ten o'clock of the next day.
    await simulator.clock.advance(34 * 3_600_000)
    const page = await open()
    await page.locator('#bill-day').fill(day)
    await page.locator('#bill-kind').selectOption('FUND_FLOW')
    await page.locator('#show-bill').click()
    await page.locator('#bill-text', { hasText: '账户结余' }).waitFor()
  })

  it('tells what was signed and what should have been, of a phone and of API v3', async () => {
    await fill()
    await wechat.payV3({
      method: 'GET',
      target: `/v3/pay/transactions/out-trade-no/order-0001?mchid=${ACCOUNT.mchid}`,
      signedTarget: '/v3/pay/transactions/out-trade-no/order-0001',
    })
    const page = await open()
    const refused = page.locator('#calls li', { hasText: 'request_payment' })
    await refused.locator('summary').click()
    expect(await refused.innerText()).toContain('first differing byte: 0')
    expect(await refused.locator('mark').first().innerText()).toBe('W')
    const v3 = page.locator('#calls li', { hasText: 'SIGN_ERROR' })
    await v3.locator('summary').click()
    expect(await v3.locator('.hint').innerText()).toBe('it is signed without the query string')
    expect(await v3.locator('mark').allInnerTexts()).toEqual(['\n', '?'])
  })

  it('finds what has a number, says so when nothing has, and is reached by /', async () => {
    await fill()
    const page = await open()
    await page.keyboard.press('/')
    await page.keyboard.type('order-0002')
    await page.locator('#orders .count', { hasText: '1 of 2' }).waitFor()
    expect(await page.locator('#orders .rows li').count()).toBe(1)
    await page.locator('#refunds', { hasText: 'Nothing here has «order-0002».' }).waitFor()
    await page.locator('#find').fill('')
    await expect.poll(() => page.locator('#orders .rows li').count()).toBe(2)
    await page.locator('#open-order-order-0001').click()
    await page.locator('#all-order-order-0001').click()
    await expect.poll(() => page.locator('#orders .rows li').count()).toBe(1)
    expect(await page.locator('#find').inputValue()).toBe('order-0001')
  })

  it('shows a call that the address names, however old, and the rest thirty by thirty', async () => {
    for (let i = 0; i < 40; i += 1) await order({ out_trade_no: `order-${String(i + 100)}` })
    const page = await open(DESK, '#call-1')
    await page.locator('#call-1:target').waitFor()
    expect(await page.locator('#call-1').isVisible()).toBe(true)
    await page.goto(`${simulator.url}/_sim?lang=en`)
    await page.locator('#more-orders', { hasText: 'Show more, 10 older' }).click()
    await page.locator('#orders [data-key="order-100"]').waitFor()
    expect(await page.locator('#more-orders').isVisible()).toBe(false)
  })

  it.each([
    [375, 'dark', 'zh-CN'],
    [1280, 'light', 'en-US'],
  ] as const)('is in order at a width of %i, all unfolded', async (width, colorScheme, locale) => {
    await fill()
    const page = await open({ viewport: { width, height: 800 }, colorScheme, locale })
    await page.locator('#notifications .timeline li').first().waitFor()
    await unfold(page)
    expect(await seriousFindings(page)).toEqual([])
    const shown = await page.evaluate<number>('document.documentElement.scrollWidth')
    expect(shown).toBeLessThanOrEqual(width)
  })
})
