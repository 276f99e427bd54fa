import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'

const MUST_EXIST = {
  weapp: ['app.js', 'app.json', 'base.wxml', 'project.config.json', 'pages/tip/index.js'],
  h5: ['index.html'],
} as const

const target = process.argv[2]
if (target !== 'weapp' && target !== 'h5') throw new Error('usage: build.mts weapp|h5')

const startedAt = Date.now()
const { error, status } = spawnSync('taro', ['build', '--type', target], { stdio: 'inherit' })
if (error !== undefined) throw error
if (status !== 0) process.exit(status ?? 1)

// `taro build` exits 0 even when it refused its configuration, and leaves the old output in place.
const stale = MUST_EXIST[target]
  .map((name) => join('dist', target, name))
  .filter((file) => !existsSync(file) || statSync(file).mtimeMs < startedAt)
if (stale.length > 0) {
  console.error(`The build has not written ${stale.join(', ')}; look above for what Taro refused.`)
  process.exit(1)
}
