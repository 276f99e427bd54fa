import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { hasChromium, openBrowser, PHONE } from '../support/chromium.ts'
import { startSystem, type System } from '../support/system.ts'
import { tipPage } from './tip-page.ts'

describe.skipIf(!hasChromium)('the preview in a browser', () => {
  let system: System
  let browser: Browser
  let phone: BrowserContext
  let page: Page
  let tip: ReturnType<typeof tipPage>
  const problems: string[] = []

  beforeAll(async () => {
    system = await startSystem()
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser.close()
    await system.close()
  })

  beforeEach(async () => {
    phone = await browser.newContext(PHONE)
    page = await phone.newPage()
    page.on('pageerror', (error) => problems.push(error.message))
    tip = tipPage(page)
    await tip.open(system.previewUrl)
  })
  afterEach(async () => {
    await phone.close()
    system.simulator.faults.clear()
    expect(problems.splice(0)).toEqual([])
  })

  const theOrder = () => {
    const order = [...system.simulator.platform.orders.values()].at(-1)
    if (order === undefined) throw new Error('nothing was ordered')
    return order
  }

  it('thanks with the amount after paying, because the server knows of the payment', async () => {
    await tip.tapAmount(500)
    expect(await tip.cashier.amount()).toBe('¥5.00')
    expect(await tip.cashier.merchant()).toContain('打赏小店')
    await tip.cashier.pay()
    await tip.result('paid').waitFor()
    const words = await tip.result('paid').innerText()
    expect(words).toContain('谢谢')
    expect(words).toContain('¥5.00')
    expect(theOrder()).toMatchObject({ state: 'SUCCESS', totalFee: 500 })
  })

  it('does not thank for a payment that only the cashier claims', async () => {
    await page.route('**/_sim/orders/*/pay', (route) =>
      route.fulfill({ json: { errMsg: 'requestPayment:ok' } }),
    )
    await tip.tapAmount(500)
    await tip.cashier.pay()
    await tip.result('unconfirmed').waitFor()
    expect(await tip.result('unconfirmed').innerText()).toContain('请不要重复支付')
    expect(theOrder().state).toBe('NOTPAY')
  })

  it('says that nothing was charged after a cancel, and goes on with the same order', async () => {
    await tip.tapAmount(1000)
    await tip.cashier.cancel()
    await tip.result('cancelled').waitFor()
    expect(await tip.result('cancelled').innerText()).toContain('没有扣款')
    const { outTradeNo } = theOrder()
    await tip.act()
    await tip.cashier.pay()
    await tip.result('paid').waitFor()
    expect(theOrder()).toMatchObject({ outTradeNo, state: 'SUCCESS' })
  })

  it('says that nothing was charged after a failure', async () => {
    await tip.tapAmount(200)
    await tip.cashier.choose('fail')
    await tip.result('failed').waitFor()
    expect(await tip.result('failed').innerText()).toContain('没有扣款')
    expect(theOrder().state).toBe('NOTPAY')
  })

  it('thanks although the cashier reports a failure, because the money has moved', async () => {
    await tip.tapAmount(2000)
    await tip.cashier.choose('pay_and_report_fail')
    await tip.result('paid').waitFor()
    expect(theOrder()).toMatchObject({ state: 'SUCCESS', totalFee: 2000 })
  })

  it('says «not yet confirmed» while nobody can say, and thanks by itself when somebody can', async () => {
    system.simulator.faults.add({ on: 'notification', fault: 'drop' })
    system.simulator.faults.add({ on: 'orderquery', fault: 'system_error' })
    await tip.tapAmount(500)
    await tip.cashier.pay()
    await tip.result('unconfirmed').waitFor()
    system.simulator.faults.clear()
    await tip.result('paid').waitFor()
  })

  it('says before the cashier that WeChat is busy, and that nothing was charged', async () => {
    system.simulator.faults.add({ on: 'unifiedorder', fault: 'system_error', times: 1 })
    await tip.tapAmount(500)
    await tip.result('busy').waitFor()
    const words = await tip.result('busy').innerText()
    expect(words).toContain('微信繁忙')
    expect(words).toContain('没有扣款')
    await tip.act()
    await tip.cashier.pay()
    await tip.result('paid').waitFor()
  })

  it('can be operated by keys alone', async () => {
    for (const id of ['#amount-500', '#pay']) {
      await page.locator(`${id}:visible`).focus()
      await page.keyboard.press(id === '#pay' ? 'Enter' : 'Space')
    }
    expect(await tip.cashier.amount()).toBe('¥5.00')
  })

  it('makes one order of two quick taps', async () => {
    const before = system.simulator.platform.orders.size
    const button = page.locator('#pay')
    await Promise.all([button.dispatchEvent('click'), button.dispatchEvent('click')])
    await tip.cashier.waitFor()
    expect(await page.locator('iframe').count()).toBe(1)
    expect(system.simulator.platform.orders.size).toBe(before + 1)
  })

  it('finds the payment again that was made just before the page went away', async () => {
    await tip.tapAmount(5000)
    await tip.cashier.payOnly()
    await expect.poll(() => theOrder().state).toBe('SUCCESS')
    await page.reload()
    await tip.result('paid').waitFor()
    expect(await tip.result('paid').innerText()).toContain('¥50.00')
  })

  it('orders nothing twice when the page goes away before paying', async () => {
    await tip.tapAmount(5000)
    await tip.cashier.waitFor()
    const { outTradeNo } = theOrder()
    await page.reload()
    await tip.result('failed').waitFor()
    await tip.act()
    await tip.cashier.pay()
    await tip.result('paid').waitFor()
    expect(theOrder().outTradeNo).toBe(outTradeNo)
  })

  it('lists my tips with their states, and pays an open one from there', async () => {
    await tip.tapAmount(200)
    await tip.cashier.pay()
    await tip.result('paid').waitFor()
    await tip.act()
    await tip.tapAmount(1000)
    await tip.cashier.cancel()
    await tip.result('cancelled').waitFor()
    await tip.openRecords()
    await expect.poll(() => tip.records().count()).toBe(2)
    const [open, paid] = await tip.records().allInnerTexts()
    expect(open).toMatch(/¥10\.00[^]*待支付[^]*去支付/)
    expect(paid).toMatch(/¥2\.00[^]*已支付/)

    await page.getByText('去支付').tap()
    await tip.cashier.pay()
    await tip.result('paid').waitFor()
    await tip.act()
    await expect.poll(() => page.getByText('去支付').count()).toBe(0)
    expect((await tip.records().allInnerTexts()).join()).not.toContain('待支付')
  })

  it('copies the address of the creator for a friend', async () => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await tip.tapAmount(200)
    await tip.cashier.pay()
    await tip.result('paid').waitFor()
    await page.locator('#share').tap()
    await page.getByText('链接已复制').waitFor()
    const address = await page.evaluate<string>('navigator.clipboard.readText()')
    expect(address).toBe(`${system.previewUrl}/#/pages/tip/index?creator=default`)
  })

  it('thanks on the way back for what was paid from the list meanwhile', async () => {
    await tip.tapAmount(1000)
    await tip.cashier.cancel()
    await tip.result('cancelled').waitFor()
    const { outTradeNo } = theOrder()
    await tip.openRecords()
    await page.getByText('去支付').tap()
    await tip.cashier.pay()
    await tip.result('paid').waitFor()

    await page.goBack()
    await tip.result('paid').waitFor()
    expect(await tip.result('cancelled').count()).toBe(0)
    await tip.act()
    await page.locator('#amount-1000:visible').waitFor()
    expect(theOrder().outTradeNo).toBe(outTradeNo)
  })

  it('does not pay again what was paid elsewhere meanwhile', async () => {
    await tip.tapAmount(1000)
    await tip.cashier.cancel()
    await tip.result('cancelled').waitFor()
    const { outTradeNo } = theOrder()
    system.simulator.pay(outTradeNo)
    await expect.poll(() => system.simulator.platform.notifications.at(-1)?.nextAt).toBeNull()

    await tip.act()
    await tip.result('already_paid').waitFor()
    expect(await tip.result('already_paid').innerText()).toContain('没有再次扣款')
    expect(theOrder().outTradeNo).toBe(outTradeNo)
  })

  it('offers no payment for an order whose time is over', async () => {
    await tip.tapAmount(1000)
    await tip.cashier.cancel()
    await tip.result('cancelled').waitFor()
    await system.simulator.clock.advance(2 * 3_600_000)
    await tip.openRecords()
    await expect
      .poll(() => tip.records().allInnerTexts())
      .toEqual([expect.stringContaining('已过期')])
    expect(await page.getByText('去支付').count()).toBe(0)
  })

  it('logs in again without a word when the session has ended', async () => {
    await tip.tapAmount(200)
    await tip.cashier.pay()
    await tip.result('paid').waitFor()
    await tip.act()
    await system.simulator.clock.advance(3 * 3_600_000)
    await tip.tapAmount(200)
    await tip.cashier.pay()
    await tip.result('paid').waitFor()
  })

  it('says that the network is gone, and that nothing was charged', async () => {
    await page.route('**/api/**', (route) => route.abort())
    await tip.tapAmount(200)
    await tip.result('offline').waitFor()
    const words = await tip.result('offline').innerText()
    expect(words).toContain('网络连接失败')
    expect(words).toContain('没有扣款')
    await page.unroute('**/api/**')
    await tip.act()
    await tip.cashier.pay()
    await tip.result('paid').waitFor()
  })
})
