import type { OrderView } from '@dashang/shared/contracts/orders'
import { ERRORS } from '@dashang/shared/errors'
import type { Browser, Page } from 'playwright-core'
import { tipPage } from '../browser/tip-page.ts'
import { PHONE } from '../support/chromium.ts'
import type { System } from '../support/system.ts'

export const WIDTHS = {
  phone: { width: 390, height: 844 },
  small: { width: 320, height: 568 },
  tablet: { width: 820, height: 1180 },
} as const
export type Device = keyof typeof WIDTHS

export const SCHEMES = ['light', 'dark'] as const

export const LOCALES = { zh: 'zh-CN', en: 'en-US' } as const
export type Language = keyof typeof LOCALES
export const LANGUAGES = ['zh', 'en'] as const satisfies readonly Language[]
export const DEVICES = [
  'phone',
  'small',
  'tablet',
] as const satisfies readonly (keyof typeof WIDTHS)[]

// Not of the cashier, which is a page in the page and of the same origin, and not of an empty page.
const FORGET = `if (window === window.top && location.protocol !== 'about:') localStorage.clear()`

/** One browser page on which the scenes are played, one after the other. */
export interface Stage {
  readonly page: Page
  readonly tip: ReturnType<typeof tipPage>
  readonly system: System
  clear(): Promise<void>
  /** A page of the mini-program, as somebody opens it who was never here. */
  open(path: string, user?: string): Promise<void>
  /** From now on the answer to these requests never comes. */
  hold(pattern: string): Promise<unknown>
  refuse(pattern: string, code: keyof typeof ERRORS): Promise<unknown>
  cut(pattern: string): Promise<unknown>
  /** Makes some other order of every one that is asked for. */
  change(change: (order: OrderView) => OrderView): Promise<unknown>
}

export async function setStage(
  browser: Browser,
  system: System,
  language: Language,
): Promise<Stage> {
  const locale = LOCALES[language]
  const context = await browser.newContext({ ...PHONE, viewport: WIDTHS.phone, locale })
  await context.addInitScript(FORGET)
  const page = await context.newPage()
  return {
    ...{ page, system, tip: tipPage(page) },
    async clear() {
      // From here each page is loaded anew, which from another hash it would not be.
      await page.goto('about:blank')
      await page.unrouteAll({ behavior: 'ignoreErrors' })
    },
    async open(path, user = `visitor-${language}`) {
      await page.goto(`${system.previewUrl}/?user=${user}#/pages/${path}`)
    },
    hold: (pattern) => page.route(pattern, () => undefined),
    cut: (pattern) => page.route(pattern, (route) => route.abort()),
    refuse(pattern, code) {
      const { status, message, detail } = ERRORS[code]
      return page.route(pattern, (route) =>
        route.fulfill({ status, json: { code, message, detail, requestId: 'scene' } }),
      )
    },
    change: (change) =>
      page.route(/\/api\/orders(\/\w+)?$/, async (route) => {
        const response = await route.fetch()
        const body = (await response.json()) as OrderView | { orders: OrderView[] }
        const json = 'orders' in body ? { ...body, orders: body.orders.map(change) } : change(body)
        await route.fulfill({ response, json })
      }),
  }
}
