import { dirname, join, normalize } from 'node:path'
import { read, SOURCES } from './files.ts'

const known = new Set(SOURCES)

/** `@dashang/x/y` → the file that the package's `exports` name. */
function inPackage(specifier: string): string | undefined {
  const [, name = '', subpath = ''] = /^@dashang\/([^/]+)\/?(.*)$/.exec(specifier) ?? []
  const folder = { shared: 'packages', simulator: 'packages', server: 'apps', miniapp: 'apps' }[
    name
  ]
  if (folder === undefined) return undefined
  const manifest = JSON.parse(read(`${folder}/${name}/package.json`)) as {
    exports: Record<string, string>
  }
  for (const [from, to] of Object.entries(manifest.exports)) {
    const [start = '', end] = from.replace(/^\.\/?/, '').split('*')
    if (end === undefined ? subpath === start : subpath.startsWith(start)) {
      const rest = end === undefined ? '' : subpath.slice(start.length)
      return join(folder, name, to.replace('*', rest))
    }
  }
  return undefined
}

/** The files that a specifier may mean; `login-code` is also its twin `login-code.h5`. */
function targetsOf(file: string, specifier: string): string[] {
  if (!specifier.startsWith('.')) return [inPackage(specifier) ?? '']
  const path = normalize(join(dirname(file), specifier))
  return [path, `${path}.ts`, `${path}.tsx`, `${path}.h5.ts`, `${path}.h5.tsx`, `${path}/index.tsx`]
}

/** What each file imports of ours. */
export const IMPORTS: ReadonlyMap<string, readonly string[]> = new Map(
  SOURCES.map((file) => {
    const specifiers = read(file).matchAll(/(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)
    const targets = [...specifiers].flatMap(([, specifier = '']) => targetsOf(file, specifier))
    return [file, targets.filter((target) => known.has(target))]
  }),
)

/** The first circle of imports that there is, from a file back to itself. */
export function findCycle(): string[] | null {
  const done = new Set<string>()
  function visit(file: string, above: string[]): string[] | null {
    const at = above.indexOf(file)
    if (at >= 0) return [...above.slice(at), file]
    if (done.has(file)) return null
    for (const target of IMPORTS.get(file) ?? []) {
      const cycle = visit(target, [...above, file])
      if (cycle) return cycle
    }
    done.add(file)
    return null
  }
  for (const file of SOURCES) {
    const cycle = visit(file, [])
    if (cycle) return cycle
  }
  return null
}
