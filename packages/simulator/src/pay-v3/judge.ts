import { parse } from 'node:querystring'
import type { Known } from '../known.ts'
import { BILL_FILE } from './bill-file.ts'
import { checkCall, checkMethod, type CallRequest, type RequestRules } from './gateway.ts'
import { OPERATIONS } from './operations.ts'
import { Refusal } from './refusal.ts'

const CALLS: readonly RequestRules[] = [...OPERATIONS, BILL_FILE]

/** Takes a request through every check that needs nothing but the request, in WeChat's order. */
export function judge(
  known: Known,
  request: Pick<CallRequest, 'method' | 'target' | 'headers' | 'body' | 'authorization'>,
): void {
  const [, path = '', query = ''] = /^([^?]*)\??(.*)$/.exec(request.target) ?? []
  for (const rules of CALLS) {
    const params = paramsOf(rules.path, path)
    if (params === null) continue
    const call = { ...request, origin: '', params, query: { ...parse(query) } }
    checkMethod(rules, call)
    rules.read(checkCall(known, rules.family, call))
    return
  }
  throw new Refusal('UNKNOWN_PATH', `the simulator serves no ${path}`)
}

function paramsOf(pattern: string, path: string): Readonly<Record<string, string>> | null {
  const [names, parts] = [pattern.split('/'), path.split('/').map(decoded)]
  const fits = names.every((name, at) => name.startsWith(':') || name === parts[at])
  if (!fits || names.length !== parts.length) return null
  const pairs = names.map((name, at) => [name.slice(1), parts[at] ?? ''] as const)
  return Object.fromEntries(pairs.filter((_, at) => names[at]?.startsWith(':')))
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
