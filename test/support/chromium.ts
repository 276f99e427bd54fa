import { existsSync } from 'node:fs'
import { chromium, type Browser } from 'playwright-core'

/** Where Debian puts them: the same browser without its windows is twice as fast, and goes first. */
const INSTALLED = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium']

const { CHROMIUM_PATH } = process.env
const wanted = CHROMIUM_PATH === undefined ? INSTALLED : [CHROMIUM_PATH]
const executablePath = wanted.find((path) => existsSync(path))

/** Without a Chromium the browser tests are skipped, aloud; in CI they may not be. */
export const hasChromium = executablePath !== undefined
if (!hasChromium) {
  const problem = `No Chromium at ${wanted.join(' or ')}; CHROMIUM_PATH names another one.`
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
    ...(executablePath !== undefined && { executablePath }),
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
