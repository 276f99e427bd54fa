import type { TipEnding } from '@dashang/miniapp/tip-ending'
import type { FrameLocator, Page } from 'playwright-core'

/** Any six digits pay. */
export async function enterPassword(cashier: FrameLocator | Page): Promise<void> {
  await cashier.locator('#pay').tap()
  for (const digit of '135790') await cashier.locator(`[data-key="${digit}"]`).tap()
}

/** The tip page as a person sees it: what is there to tap, and what it says. */
export function tipPage(page: Page) {
  const cashier: FrameLocator = page.frameLocator(
    'iframe[title="微信支付"], iframe[title="WeChat Pay"]',
  )
  return {
    async open(url: string): Promise<void> {
      await page.goto(url)
      await page.locator('#amount-500').waitFor()
    },
    choose: (fen: number) => page.locator(`#amount-${String(fen)}`).tap(),
    /** Chooses an amount and goes to the cashier. */
    async tapAmount(fen: number): Promise<void> {
      await page.locator(`#amount-${String(fen)}:visible`).tap()
      await page.locator('#pay:visible').tap()
    },
    pay: () => page.locator('#pay:visible').tap(),
    cashier: {
      amount: () => cashier.locator('#amount').innerText(),
      merchant: () => cashier.locator('#merchant').innerText(),
      async pay(): Promise<void> {
        await enterPassword(cashier)
        await cashier.locator('#finish').tap()
      },
      payOnly: () => enterPassword(cashier),
      cancel: () => cashier.locator('#cancel').tap(),
      async choose(outcome: string): Promise<void> {
        await cashier.locator('#other-outcomes').tap()
        await cashier.locator(`[data-outcome="${outcome}"]`).tap()
      },
      waitFor: () => cashier.locator('#pay').waitFor(),
    },
    result: (kind: TipEnding) => page.locator(`#result-${kind}:visible`),
    act: () => page.locator('#result-action:visible').tap(),
    dismiss: () => page.locator('#result-dismiss:visible').tap(),
    openRecords: () => page.locator('#open-records:visible').tap(),
    records: () => page.locator('.record'),
    openWall: () => page.locator('#open-wall').tap(),
  }
}
