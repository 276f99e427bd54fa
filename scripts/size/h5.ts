import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { shipped, weigh } from './weight.ts'

const DIST = 'apps/miniapp/dist/h5'

/**
 * What a browser fetches before any one page can be seen, in bytes of gzip: what the document names,
 * and of the pages, each of which is one script and one style of the same number, the heaviest.
 */
export function firstLoadGzip(): number {
  const document = readFileSync(join(DIST, 'index.html'), 'utf8')
  const named = [...document.matchAll(/(?:src|href)="\/((?:js|css)\/[^"]+)"/g)].map(
    ([, file = '']) => file,
  )
  if (named.length === 0) throw new Error(`${DIST}/index.html names no script`)
  const others = shipped(DIST, /\.(txt|map|html)$/).filter((file) => !named.includes(file))
  const numberOf = (file: string) => /\/([^./]+)\./.exec(file)?.[1] ?? ''
  const pages = Map.groupBy(others, numberOf)
  const heaviest = Math.max(...[...pages.values()].map((files) => weigh(DIST, files).gzip))
  return weigh(DIST, ['index.html', ...named]).gzip + heaviest
}
