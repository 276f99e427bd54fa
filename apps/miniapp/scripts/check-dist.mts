import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'

// `taro build` exits 0 even when it refused its configuration, and leaves the old output in place.
const MUST_EXIST = {
  weapp: ['app.js', 'app.json', 'base.wxml', 'project.config.json', 'pages/tip/index.js'],
  h5: ['index.html'],
} as const
const MAX_AGE_MS = 120_000

const target = process.argv[2]
if (target !== 'weapp' && target !== 'h5') throw new Error('usage: check-dist.mts weapp|h5')
const isFresh = (file: string) =>
  existsSync(file) && Date.now() - statSync(file).mtimeMs < MAX_AGE_MS
const stale = MUST_EXIST[target]
  .map((name) => join('dist', target, name))
  .filter((file) => !isFresh(file))
if (stale.length > 0) {
  console.error(`The build has not written ${stale.join(', ')}; look above for what Taro refused.`)
  process.exit(1)
}
