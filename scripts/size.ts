import { firstLoadGzip } from './size/h5.ts'
import { kib, shipped, weigh, type Weight } from './size/weight.ts'

const DIST = 'apps/miniapp/dist/weapp'
const NOT_SHIPPED = /\.(LICENSE\.txt|map)$|^project\.config\.json$/

/** Whose a file is; what no row names is ours. */
const OWNERS = {
  "Taro's runtime and templates": [
    'taro.js',
    'runtime.js',
    'base.wxml',
    'utils.wxs',
    'comp.js',
    'comp.json',
    'comp.wxml',
  ],
  'libraries (React)': ['vendors.js'],
} as const

/** WeChat takes a main package of 2 MiB; half of it is left to whoever builds on this. */
const BUDGETS = {
  'weapp, all that is ours': 150 * 1024,
  'weapp, the whole main package': 1024 * 1024,
  'h5, first load of the heaviest page (gzip)': 250 * 1024,
} as const

const files = shipped(DIST, NOT_SHIPPED)
const owned = new Set<string>(Object.values(OWNERS).flat())
const ours = weigh(
  DIST,
  files.filter((file) => !owned.has(file)),
)
const total = weigh(DIST, files)

for (const [owner, names] of Object.entries(OWNERS)) {
  const theirs = files.filter((file) => (names as readonly string[]).includes(file))
  console.log(line(owner, weigh(DIST, theirs)))
}
console.log(line('ours', ours))
console.log(line('whole package', total))

const measured = {
  'weapp, all that is ours': ours.bytes,
  'weapp, the whole main package': total.bytes,
  'h5, first load of the heaviest page (gzip)': firstLoadGzip(),
} as const satisfies Record<keyof typeof BUDGETS, number>

for (const name of Object.keys(BUDGETS) as (keyof typeof BUDGETS)[]) {
  const isKept = measured[name] <= BUDGETS[name]
  const verdict = isKept ? 'kept' : 'EXCEEDED'
  console.log(`${name}: ${kib(measured[name])} of ${kib(BUDGETS[name])}: ${verdict}`)
  if (!isKept) process.exitCode = 1
}

function line(owner: string, { bytes, gzip }: Weight): string {
  const share = Math.round((bytes / total.bytes) * 100)
  return `${owner.padEnd(30)} ${kib(bytes).padStart(10)}  ${String(share).padStart(3)} %  (gzip ${kib(gzip)})`
}
