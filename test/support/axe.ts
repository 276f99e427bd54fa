import axe from 'axe-core'
import type { Page } from 'playwright-core'

// Taro's own messages come and go by fading, and half faded nothing has colours to judge.
const JUDGED = "{ exclude: ['.taro__toast'] }"

// Half way between two colours nothing can be judged, so what moves and will rest comes to rest first.
const AT_REST = `Promise.allSettled(
  document
    .getAnimations()
    .filter(({ effect }) => Number.isFinite(effect.getComputedTiming().endTime))
    .map(({ finished }) => finished),
).then(() => null)`

/** What keeps people from using this page, as `rule: element`; by these rules of axe, or by all. */
export async function seriousFindings(page: Page, rules?: readonly string[]): Promise<string[]> {
  await page.evaluate(AT_REST)
  // The page's own policy forbids scripts of others; the browser's debugger stands above it.
  await page.evaluate(axe.source)
  const options = JSON.stringify(rules === undefined ? {} : { runOnly: rules })
  const { violations } = await page.evaluate<axe.AxeResults>(`axe.run(${JUDGED}, ${options})`)
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}
