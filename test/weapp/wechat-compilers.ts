import { execFileSync } from 'node:child_process'
import { chmodSync, copyFileSync, globSync, mkdtempSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import vm from 'node:vm'

const PLATFORMS: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'linux',
  darwin: 'mac',
  win32: 'windows',
}
const platform = PLATFORMS[process.platform]

/** The npm package brings binaries for these only. */
export const hasCompilers =
  platform !== undefined && (process.platform !== 'linux' || process.arch === 'x64')

/** Reads every style with WeChat's own compiler; throws its message for what it would not take. */
export function lintWxss(dist: string): void {
  run('wcsc', ['-lc', ...globSync('**/*.wxss', { cwd: dist })], dist)
}

type Render = (data: unknown) => RenderedNode
export type RenderedNode = string | { tag: string; children?: RenderedNode[] }

/** WeChat's own template compiler; what it answers draws a page from its data. */
export function compileWxml(dist: string): (route: string) => Render {
  const files = ['**/*.wxml', '**/*.wxs'].flatMap((pattern) => globSync(pattern, { cwd: dist }))
  const script = run('wcc', ['-d', ...files], dist)
  const context = vm.createContext({ window: {}, console })
  vm.runInContext(script, context)
  const generate = vm.runInContext('$gwx', context) as (
    path: string,
  ) => (data: unknown, env: object, global: object) => RenderedNode
  // Their code knows an object by its constructor, so the data has to be of the same realm.
  const parse = vm.runInContext('JSON.parse', context) as (json: string) => unknown
  return (route) => (data) => generate(`${route}.wxml`)(parse(JSON.stringify(data)), {}, {})
}

function run(name: 'wcc' | 'wcsc', args: string[], cwd: string): string {
  const options = { cwd, encoding: 'utf8', maxBuffer: 2 ** 27, stdio: 'pipe' } as const
  return execFileSync(executable(name), args, options)
}

// npm unpacks the binaries without the right to run; a copy gets it, not the shared store.
function executable(name: string): string {
  const { resolve } = createRequire(import.meta.url)
  const folder = dirname(resolve('miniprogram-compiler/package.json'))
  const copy = join(mkdtempSync(join(tmpdir(), 'wechat-compilers-')), name)
  copyFileSync(join(folder, 'bin', platform ?? '', name), copy)
  chmodSync(copy, 0o755)
  return copy
}
