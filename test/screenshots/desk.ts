import type { Browser } from 'playwright-core'
import { setStage } from '../scenes/stage.ts'
import { createInbox } from '../support/inbox.ts'
import { createMerchant } from '../support/merchant.ts'
import type { System } from '../support/system.ts'
import type { Camera } from './camera.ts'

const DESK = { width: 1280, height: 860 }

interface World {
  readonly browser: Browser
  readonly system: System
  readonly camera: Camera
}

/** The simulator's own pages, for its README. */
export async function desk(world: World): Promise<void> {
  await passwordPad(world)
  await overview(world, 'light')
  await overview(world, 'dark')
}

async function passwordPad({ browser, system, camera }: World): Promise<void> {
  const stage = await setStage(browser, system, 'zh')
  await stage.open('tip/index')
  await stage.tip.tapAmount(500)
  const cashier = stage.page.frameLocator('iframe')
  await cashier.locator('#pay').tap()
  for (const digit of '135') await cashier.locator(`[data-key="${digit}"]`).tap()
  const shot = { scene: 'simulator', view: 'password', chosenAs: 'cashier-pad' }
  await camera.take(stage.page, shot)
  await stage.page.context().close()
}

/** A payment whose notification got lost twice, and what the page tells of it. */
async function overview(
  { browser, system, camera }: World,
  colorScheme: 'light' | 'dark',
): Promise<void> {
  const { simulator } = system
  const inbox = await createInbox()
  const page = await browser.newPage({ viewport: DESK, colorScheme, locale: 'en-US' })
  simulator.faults.add({ on: 'notification', fault: 'drop', times: 2 })
  const { openid } = simulator.login('alice')
  const outTradeNo = `lost-once-${colorScheme}`
  const order = { out_trade_no: outTradeNo, notify_url: inbox.url }
  await createMerchant(simulator).order(openid, order)
  simulator.pay(outTradeNo)
  await page.goto(`${simulator.url}/_sim`)
  await page.locator('#notifications').getByText('attempt 1', { exact: true }).first().waitFor()
  const chosen = colorScheme === 'light' ? { chosenAs: 'simulator' } : {}
  await camera.take(page, { scene: 'simulator', view: `desk ${colorScheme}`, ...chosen })
  await simulator.clock.advance(32_000)
  if (colorScheme === 'light') {
    const row = page.locator('#notifications .rows > li').first()
    await row.locator('.chip', { hasText: 'accepted' }).waitFor()
    await row.locator('summary').last().click()
    const shot = { scene: 'simulator', view: 'notification', chosenAs: 'simulator-notification' }
    await camera.keep(shot, (path) => row.screenshot({ path, animations: 'disabled' }))
  }
  await page.close()
  inbox.close()
}
