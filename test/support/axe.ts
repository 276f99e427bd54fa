import axe from 'axe-core'
import type { Page } from 'playwright-core'

/** What keeps people from using this page, as `rule: element`. */
export async function seriousFindings(page: Page): Promise<string[]> {
  // The page's own policy forbids scripts of others; the browser's debugger stands above it.
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate<axe.AxeResults>('axe.run()')
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}
