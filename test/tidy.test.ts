import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { CONFIG_NAMES } from '@dashang/server/config'
import { ERRORS } from '@dashang/shared/errors'
import { ESLint } from 'eslint'
import { describe, expect, it } from 'vitest'
import { FILES, isTest, linesMatching, read, ROOT, SOURCES } from './tidy/files.ts'
import { findCycle, IMPORTS } from './tidy/imports.ts'

const product = SOURCES.filter((file) => !isTest(file))
const documents = FILES.filter((file) => file.endsWith('.md'))

describe('the code', () => {
  it('reads the environment in config.ts only (and in the tools around the product)', () => {
    const tools = /\/config(\.ts$|\/)|^scripts\/|\/scripts\/|\/examples\//
    const files = product.filter((file) => !tools.test(file))
    expect(linesMatching(files, /process\.env/)).toEqual([])
  })

  it('speaks to Taro in lib/ only: pages take components and page hooks', () => {
    const files = product.filter(
      (file) => file.startsWith('apps/miniapp/src/') && !file.includes('/lib/'),
    )
    expect(linesMatching(files, /\bTaro\./)).toEqual([])
  })

  it('never makes money out of a decimal: parse and write it with shared/money.ts', () => {
    expect(linesMatching(product, /parseFloat|\.toFixed\(/)).toEqual([])
  })

  it('has no branch on NODE_ENV: what differs is a value', () => {
    const files = product.filter((file) => /^(apps\/server|packages)\//.test(file))
    expect(linesMatching(files, /NODE_ENV/)).toEqual([])
  })

  it('says in no way to the compiler or the linter to look away, without a reason', () => {
    const silencers = /@ts-(ignore|nocheck|expect-error)|eslint-disable(?!.* -- )/
    expect(linesMatching(SOURCES, silencers)).toEqual([])
  })

  it('leaves no test alone and no task without an issue', () => {
    expect(linesMatching(SOURCES, /\b(it|test|describe)\.only\(/)).toEqual([])
    const others = SOURCES.filter((file) => !file.includes('tidy'))
    expect(linesMatching(others, /TODO(?! #\d)/)).toEqual([])
  })

  it('imports in no circle', () => {
    expect(findCycle()).toBeNull()
  })

  it('has no file that nobody imports', () => {
    const entries =
      /\.test\.tsx?$|\.config\.m?[jt]s$|\/main\.ts$|\/bin\/|^scripts\/[^/]+\.ts$|\/scripts\/|\/examples\/|\/subjects\/|^apps\/miniapp\/(config|src\/app\.ts|src\/pages\/[^/]+\/index|test\/setup|test\/stand-ins)|\.d\.ts$|^test\/screenshots\.ts$|\/pages\/assets\/(cashier|overview)\.js$|template-database\.ts$/
    const imported = new Set([...IMPORTS.values()].flat())
    const orphans = SOURCES.filter((file) => !entries.test(file) && !imported.has(file))
    expect(orphans).toEqual([])
  })
})

describe('the linter refuses an import that crosses a boundary', { timeout: 60_000 }, () => {
  const eslint = new ESLint({ cwd: ROOT })

  async function refusals(file: string, specifier: string): Promise<string[]> {
    const code = `import { x } from '${specifier}'\nconsole.log(x)\n`
    const [result] = await eslint.lintText(code, { filePath: join(ROOT, file) })
    const rule = '@typescript-eslint/no-restricted-imports'
    return (result?.messages ?? []).filter(({ ruleId }) => ruleId === rule).map((m) => m.message)
  }

  it.each([
    ['apps/server/src/app.ts', '@dashang/simulator'],
    ['apps/server/src/domain/order.ts', 'fastify'],
    ['apps/server/src/domain/order.ts', 'node:fs'],
    ['apps/server/src/domain/order.ts', '../config.ts'],
    ['apps/server/src/domain/order.ts', '@dashang/simulator'],
    ['apps/server/src/wechat/http.ts', '../db/database.ts'],
    ['apps/server/src/wechat/v2/call.ts', '../../features/orders/orders.ts'],
    ['apps/server/src/settlement/settle.ts', '../features/orders/orders.ts'],
    ['apps/server/src/features/orders/orders.ts', '../login/login.ts'],
    ['apps/server/src/features/orders/orders.ts', '../../config.ts'],
    ['apps/server/src/features/orders/orders.ts', '@dashang/simulator'],
    ['apps/miniapp/src/lib/api.ts', '@dashang/shared/contracts/api'],
    ['apps/miniapp/src/lib/api.ts', '@dashang/shared/signing/v2'],
    ['apps/miniapp/src/flow/pay-tip.ts', '@tarojs/taro'],
    ['apps/miniapp/src/flow/pay-tip.ts', '../lib/api'],
    ['apps/miniapp/src/components/tip-result.tsx', '../lib/api'],
    ['apps/miniapp/src/pages/tip/use-tip.ts', '../records/use-records'],
    ['packages/shared/src/money.ts', '@dashang/server/config'],
    ['packages/simulator/src/simulator.ts', '@dashang/server/start'],
  ])('%s must not import %s', async (file, specifier) => {
    expect(await refusals(file, specifier)).toHaveLength(1)
  })

  it.each([
    ['apps/server/src/features/orders/orders.ts', '../../settlement/settle.ts'],
    ['apps/miniapp/src/pages/tip/use-tip.ts', '../../flow/pay-tip'],
    ['apps/miniapp/src/lib/api.ts', '@tarojs/taro'],
  ])('%s may import %s', async (file, specifier) => {
    expect(await refusals(file, specifier)).toEqual([])
  })
})

describe('the mini-program', () => {
  it('has a folder for each page and a page for each folder', () => {
    const config = read('apps/miniapp/src/app.config.ts')
    const pages = [...config.matchAll(/'(pages\/\w+)\/index'/g)].map(([, page]) => page)
    const folders = FILES.filter((file) => /\/src\/pages\/\w+\/index\.tsx$/.test(file)).map(
      (file) => dirname(file).replace('apps/miniapp/src/', ''),
    )
    expect([...pages].sort()).toEqual([...folders].sort())
  })
})

describe('the documents', () => {
  it('explain the errors that there are, each once', () => {
    const rows = read('docs/errors.md')
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .map((line) => line.split('|').map((cell) => cell.trim()))
    const expected = Object.entries(ERRORS).map(([code, { status, message, detail }]) => {
      return ['', `\`${code}\``, String(status), message, detail, '']
    })
    expect(rows).toEqual(expected)
  })

  it('give an example of every setting that the server reads, and of no other', () => {
    const names = [...read('.env.example').matchAll(/^#? ?([A-Z][A-Z0-9_]+)=/gm)].map(([, n]) => n)
    expect([...names].sort()).toEqual([...CONFIG_NAMES].sort())
  })

  it.each(documents)('%s names only commands that exist', (file) => {
    const manifests = FILES.filter((path) => path.endsWith('package.json'))
    const scriptsOf = (path: string) =>
      Object.keys((JSON.parse(read(path)) as { scripts?: object }).scripts ?? {})
    const everywhere = new Set([...manifests.flatMap(scriptsOf), 'install', 'exec'])
    const atRoot = new Set([...scriptsOf('package.json'), 'install', 'exec'])
    const code = [...read(file).matchAll(/```[^]*?```|`[^`]+`/g)].join('\n')
    const commands = [...code.matchAll(/\bpnpm(?:@12)?\s(--filter [\w-]+ )?(run )?([a-z][\w:-]*)/g)]
    // pnpm has a doctor of its own, which only `run` gets past.
    const unknown = commands
      .filter(([, filter, run, name = '']) => {
        return !(filter ? everywhere : atRoot).has(name) || (name === 'doctor' && !run)
      })
      .map(([command]) => command)
    expect(unknown).toEqual([])
  })

  it.each(documents)('%s links only to what is there', (file) => {
    const links = [...read(file).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, to = '']) => to)
    const broken = links.filter((to) => !existsSync(join(ROOT, dirname(file), to)))
    expect(broken).toEqual([])
  })
})
