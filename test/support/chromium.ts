import { existsSync } from 'node:fs'
import { chromium, type Browser } from 'playwright-core'

const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium'

/** Without a Chromium the browser tests are skipped, aloud; in CI they may not be. */
export const hasChromium = existsSync(executablePath)
if (!hasChromium) {
  const problem = `No Chromium at ${executablePath}; CHROMIUM_PATH names another one.`
  if (process.env['CI']) throw new Error(problem)
  console.warn(`${problem} The browser tests are skipped.`)
}

/** What a browser pretends to be. */
export const PHONE = {
  viewport: { width: 375, height: 667 },
  deviceScaleFactor: 2,
  hasTouch: true,
  isMobile: true,
  locale: 'zh-CN',
} as const

export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}
