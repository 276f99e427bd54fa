import type { Browser } from 'playwright-core'
import { OVERLAY_KEY, type System } from '../support/system.ts'
import { giveTip } from '../support/tip.ts'
import type { Camera } from './camera.ts'

const STREAM = { width: 1920, height: 1080 }
const CLOSE = { x: 440, y: 680, width: 1040, height: 400 }
// Through the page itself one sees nothing; this stands for what is streamed.
const BACKDROP = `document.documentElement.style.background =
  'linear-gradient(120deg, #243b55, #5b7c99 60%, #cfa36b)'`

type Tip = Parameters<typeof giveTip>[1] & object

/** What an overlay has to show, by the language it is asked for. */
const ALERTS: readonly (readonly [view: string, language: string, tip: Tip])[] = [
  ['short', 'zh', { displayName: '小明', message: '加油！' }],
  [
    'long',
    'zh',
    {
      displayName: '住在海边的人一直想去看山的那个人',
      amountFen: 48_888,
      message:
        '《清明上河图》那一期听了三遍，每一遍都能听见新的声音，连桥下的水声都不一样。辛苦了！',
    },
  ],
  ['anonymous', 'zh', { isAnonymous: true }],
  ['emoji', 'zh', { displayName: '🐳小鲸', message: '太好听了🎉🎉 明天还来👋' }],
  ['english', 'en', { displayName: 'Wolfeschlegelstein', message: 'Love it, keep going!' }],
]

/** The page for OBS, over something that is streamed. */
export async function overlays(world: {
  readonly browser: Browser
  readonly system: System
  readonly camera: Camera
}): Promise<void> {
  const { browser, system, camera } = world
  const page = await browser.newPage({ viewport: STREAM })
  for (const [view, language, tip] of ALERTS) {
    const query = `key=${OVERLAY_KEY}&seconds=60&lang=${language}`
    await page.goto(`${system.server.url}/overlay/default?${query}`)
    await page.locator('html[data-state=ready]').waitFor()
    await page.evaluate(BACKDROP)
    await giveTip(system, tip)
    await page.locator('.card').waitFor()
    await camera.take(page, { scene: 'overlay', view })
    if (view !== 'long') continue
    const close = { scene: 'overlay', view: 'close', chosenAs: 'overlay' }
    await camera.keep(close, (path) => page.screenshot({ path, clip: CLOSE }))
  }
  await page.close()
}
