import { startSimulator, type Simulator } from '@dashang/simulator'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ACCOUNT } from '../support/account.ts'
import { seriousFindings } from '../support/axe.ts'
import { hasChromium, openBrowser, PHONE } from '../support/chromium.ts'
import { createMerchant } from '../support/merchant.ts'
import { enterPassword } from './tip-page.ts'

const DESK = { viewport: { width: 1280, height: 800 } } as const
const OK = 'requestPayment:ok'
const CANCEL = 'requestPayment:fail cancel'
const BUSY = 'requestPayment:fail 系统繁忙，请稍后再试'

describe.skipIf(!hasChromium)('the cashier', () => {
  let simulator: Simulator
  let browser: Browser
  let context: BrowserContext | undefined
  let outTradeNo = ''
  let count = 0
  const problems: string[] = []

  beforeAll(async () => {
    simulator = await startSimulator({ account: ACCOUNT })
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser.close()
    await simulator.close()
  })
  beforeEach(async () => {
    outTradeNo = `cashier-${String(++count)}`
    const { openid } = simulator.login('alice')
    await createMerchant(simulator).order(openid, { out_trade_no: outTradeNo })
  })
  afterEach(async () => {
    await context?.close()
    expect(problems.splice(0)).toEqual([])
  })

  async function open(options: BrowserContextOptions = PHONE, query = ''): Promise<Page> {
    context = await browser.newContext({ locale: 'zh-CN', ...options })
    const page = await context.newPage()
    page.on('pageerror', (error) => problems.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text())
    })
    await page.goto(`${simulator.url}/_sim/cashier/${outTradeNo}${query}`)
    await page.locator('#pay, #leave').waitFor()
    return page
  }
  const told = (page: Page) => page.locator('#told').innerText()
  const state = () => simulator.order(outTradeNo)?.state

  it('takes a payment by touch: sheet, six digits, result, back', async () => {
    const page = await open()
    expect(await page.locator('#amount').innerText()).toBe('¥5.00')
    expect(await page.locator('#merchant').innerText()).toBe('打赏小店')
    expect(await page.locator('.wallet').innerText()).toContain('¥8888.88')
    await enterPassword(page)
    expect(await page.locator('#paid').innerText()).toBe('¥5.00')
    expect(state()).toBe('SUCCESS')
    await page.locator('#finish').tap()
    expect(await told(page)).toBe(OK)
  })

  it('takes a payment by mouse, and a digit back', async () => {
    const page = await open(DESK)
    await page.locator('#pay').click()
    for (const key of ['1', '2', '3', 'erase', '4', '5', '6']) {
      await page.locator(`[data-key="${key}"]`).click()
    }
    expect(state()).toBe('NOTPAY')
    await page.locator('[data-key="7"]').click()
    await page.locator('#finish').click()
    expect(await told(page)).toBe(OK)
  })

  it('takes a payment by keyboard alone', async () => {
    const page = await open(DESK)
    await page.keyboard.press('Enter')
    await page.locator('#password').waitFor()
    await page.keyboard.type('123')
    await page.keyboard.press('Backspace')
    await page.getByText('已输入 2 位，共 6 位').waitFor({ state: 'attached' })
    await page.keyboard.type('4567')
    await page.locator('#finish').waitFor()
    await page.keyboard.press('Enter')
    expect(await told(page)).toBe(OK)
  })

  it('presses the button that has the focus, and lets Tab go round inside', async () => {
    const page = await open(DESK)
    const focused = () => page.locator(':focus').getAttribute('id')
    await page.keyboard.press('Tab')
    expect(await focused()).toBe('cancel')
    await page.keyboard.press('Shift+Tab')
    expect(await focused()).toBe('other-outcomes')
    await page.keyboard.press('Tab')
    expect(await focused()).toBe('cancel')
    await page.keyboard.press('Enter')
    expect(await told(page)).toBe(CANCEL)
    expect(state()).toBe('NOTPAY')
  })

  it('goes from the pad back to the sheet and then out with Escape', async () => {
    const page = await open(DESK)
    await page.keyboard.press('Enter')
    await page.keyboard.type('12345')
    await page.keyboard.press('Escape')
    await page.locator('#pay').waitFor()
    await page.keyboard.press('Enter')
    expect(await page.locator('.boxes .filled').count()).toBe(0)
    await page.keyboard.press('Escape')
    await page.locator('#pay').waitFor()
    await page.keyboard.press('Escape')
    expect(await told(page)).toBe(CANCEL)
    expect(state()).toBe('NOTPAY')
  })

  const SCRIPTED = {
    cancel: { errMsg: CANCEL, charges: false },
    fail: { errMsg: BUSY, charges: false },
    vanish: { errMsg: null, charges: false },
    pay_and_report_fail: { errMsg: BUSY, charges: true },
    pay_and_vanish: { errMsg: null, charges: true },
  } as const
  const cases = Object.entries(SCRIPTED).flatMap(([outcome, expected]) =>
    (['sheet', 'pad'] as const).map((stage) => ({ outcome, stage, ...expected })),
  )

  it.each(cases)('does «$outcome» at the $stage', async ({ outcome, stage, errMsg, charges }) => {
    const page = await open()
    if (stage === 'pad') await page.locator('#pay').tap()
    await page.locator('#other-outcomes').tap()
    await page.locator(`[data-outcome="${outcome}"]`).tap()
    if (errMsg === null) await page.getByText('小程序没有得到任何回应').waitFor()
    else expect(await told(page)).toBe(errMsg)
    expect(state()).toBe(charges ? 'SUCCESS' : 'NOTPAY')
  })

  it('can be closed at the result, so that the mini-program never hears of the payment', async () => {
    const page = await open()
    await enterPassword(page)
    await page.locator('#other-outcomes').tap()
    await page.locator('[data-outcome="vanish"]').tap()
    await page.getByText('小程序没有得到任何回应').waitFor()
    expect(state()).toBe('SUCCESS')
  })

  it('pays a second time at the result, which must not be, and happens', async () => {
    const page = await open()
    await enterPassword(page)
    await page.locator('#other-outcomes').tap()
    await page.locator('[data-outcome="pay_again"]').tap()
    await expect.poll(() => simulator.order(outTradeNo)?.transactions.length).toBe(2)
  })

  it('says why it cannot pay an order that was closed meanwhile, and reports it', async () => {
    const page = await open()
    await createMerchant(simulator).send('closeorder', { out_trade_no: outTradeNo })
    await enterPassword(page)
    expect(await page.locator('#reason').innerText()).toBe('该订单已关闭')
    await page.locator('#leave').tap()
    expect(await told(page)).toBe('requestPayment:fail 该订单已关闭')
  })

  it.each([
    ['已支付', async () => void simulator.pay(outTradeNo)],
    ['已关闭', () => createMerchant(simulator).send('closeorder', { out_trade_no: outTradeNo })],
  ])('says at once that an order is %s, with one way back', async (words, end) => {
    await end()
    const page = await open()
    expect(await page.locator('#reason').innerText()).toBe(`该订单${words}`)
    expect(await page.locator('button').count()).toBe(1)
    await page.locator('#leave').tap()
    expect(await told(page)).toBe(`requestPayment:fail 该订单${words}`)
  })

  it('speaks the language of the browser, or of the address', async () => {
    const english = await open({ ...PHONE, locale: 'en-US' })
    expect(await english.locator('#pay').innerText()).toBe('Pay')
    expect(await english.locator('html').getAttribute('lang')).toBe('en')
    await context?.close()
    const chinese = await open({ ...PHONE, locale: 'en-US' }, '?lang=zh')
    expect(await chinese.locator('#pay').innerText()).toBe('确认支付')
  })

  it.each(['light', 'dark'] as const)('has nothing that axe objects to, in %s', async (scheme) => {
    const page = await open({ ...PHONE, colorScheme: scheme, reducedMotion: 'reduce' })
    await page.locator('#other-outcomes').tap()
    expect(await seriousFindings(page)).toEqual([])
    await page.locator('#pay').tap()
    expect(await seriousFindings(page)).toEqual([])
    for (const digit of '024680') await page.locator(`[data-key="${digit}"]`).tap()
    await page.locator('#finish').waitFor()
    expect(await seriousFindings(page)).toEqual([])
  })

  it('is dark where the phone is, and moves little where that is wished', async () => {
    const page = await open({ ...PHONE, colorScheme: 'dark', reducedMotion: 'reduce' })
    const style = (property: string) =>
      page.evaluate(`getComputedStyle(document.getElementById('cashier')).${property}`)
    expect(await style('backgroundColor')).toBe('rgb(30, 31, 32)')
    expect(await style('animationName')).toBe('none')
  })

  it('shows what a merchant sends as text, whatever it holds', async () => {
    const evil = '<img src=x onerror="document.title=1">'
    const { openid } = simulator.login('alice')
    outTradeNo = `cashier-${String(++count)}`
    await createMerchant(simulator).order(openid, { out_trade_no: outTradeNo, body: evil })
    const page = await open()
    expect(await page.locator('#goods').innerText()).toBe(evil)
    expect(await page.locator('main img').count()).toBe(0)
  })
})
