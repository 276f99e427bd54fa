import { globSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const DIST = 'apps/miniapp/dist/weapp'
/** WeChat takes no larger main package. */
const LIMIT_BYTES = 2 * 1024 * 1024
const OURS_LIMIT_BYTES = 60 * 1024

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

const NOT_SHIPPED = /\.(LICENSE\.txt|map)$|^project\.config\.json$/

interface Weight {
  readonly bytes: number
  readonly gzip: number
}

const files = globSync('**/*', { cwd: DIST }).filter(
  (file) => !NOT_SHIPPED.test(file) && statSync(join(DIST, file)).isFile(),
)
const owned = new Set<string>(Object.values(OWNERS).flat())
const rows: [owner: string, Weight][] = [
  ...Object.entries(OWNERS).map(([owner, names]): [string, Weight] => [
    owner,
    weigh(files.filter((file) => (names as readonly string[]).includes(file))),
  ]),
  ['ours', weigh(files.filter((file) => !owned.has(file)))],
]
const total = weigh(files)
const ours = rows.at(-1)?.[1].bytes ?? 0

for (const [owner, weight] of rows) console.log(line(owner, weight))
console.log(line('whole package', total))

const isKept = ours <= OURS_LIMIT_BYTES && total.bytes <= LIMIT_BYTES
console.log(
  `weapp: ${kib(total.bytes)} of ${kib(LIMIT_BYTES)}; ours ${kib(ours)} of ${kib(OURS_LIMIT_BYTES)}: ${isKept ? 'kept' : 'EXCEEDED'}`,
)
process.exitCode = isKept ? 0 : 1

function weigh(names: readonly string[]): Weight {
  const contents = names.map((name) => readFileSync(join(DIST, name)))
  return {
    bytes: contents.reduce((sum, { byteLength }) => sum + byteLength, 0),
    gzip: contents.reduce((sum, content) => sum + gzipSync(content).byteLength, 0),
  }
}

function line(owner: string, { bytes, gzip }: Weight): string {
  const share = Math.round((bytes / total.bytes) * 100)
  return `${owner.padEnd(30)} ${kib(bytes).padStart(10)}  ${String(share).padStart(3)} %  (gzip ${kib(gzip)})`
}

function kib(bytes: number): string {
  const tenths = Math.round((bytes / 1024) * 10)
  return `${Math.floor(tenths / 10)}.${tenths % 10} KiB`
}
