import { existsSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import vm from 'node:vm'

/** What a web page has and WeChat's logic layer hides from a module. */
const HIDDEN = [
  'window',
  'document',
  'frames',
  'self',
  'location',
  'navigator',
  'localStorage',
  'history',
  'screen',
  'alert',
  'XMLHttpRequest',
  'WebSocket',
]

type Require = (specifier: string) => unknown

/**
 * Loads the compiled modules of a mini-program as WeChat does: CommonJS by relative path, in a realm
 * without a DOM, without Node, and without `eval` or `new Function`.
 */
export function createLoader(dist: string, globals: Record<string, unknown>): Require {
  const sandbox: Record<string, unknown> = { ...globals }
  sandbox['global'] = sandbox
  const context = vm.createContext(sandbox, { codeGeneration: { strings: false, wasm: false } })
  const modules = new Map<string, { exports: unknown }>()

  function requireFrom(from: string): Require {
    return (specifier) => {
      const path = specifier.startsWith('/')
        ? specifier.slice(1)
        : posix.join(posix.dirname(from), specifier)
      const id = path.endsWith('.js') ? path : `${path}.js`
      const known = modules.get(id)
      if (known !== undefined) return known.exports

      const file = join(dist, id)
      if (!existsSync(file)) throw new Error(`module '${id}' is not defined (from ${from})`)
      const module = { exports: {} as unknown }
      modules.set(id, module)
      const parameters = ['require', 'module', 'exports', ...HIDDEN]
      const run = vm.compileFunction(readFileSync(file, 'utf8'), parameters, {
        filename: file,
        parsingContext: context,
      }) as (...values: unknown[]) => void
      run.call(undefined, requireFrom(id), module, module.exports)
      return module.exports
    }
  }
  return requireFrom('')
}
