/** What stands between braces in a template, by name. */
export interface Values {
  readonly names: Readonly<Record<string, string>>
  /** What the server answered to the order, for `{answer.…}`. */
  readonly answer: unknown
  /** The same of the refund, for `{refund.…}`. */
  readonly refund?: unknown
}

/** The names that a template may use, for the help and for whoever misspells one. */
export const PLACEHOLDERS = {
  code: 'a fresh code of wx.login',
  openid: 'the openid of the user who pays',
  token: 'what the server answered to the login',
  orderId: '32 hex characters, fresh for each order',
  amount: 'the amount in fen, of the order or of the refund',
  yuan: 'the amount in yuan, like 1.01',
  outTradeNo: 'the number under which the server placed the order at WeChat',
  'answer.PATH': 'a part of the answer to the order, like {answer.data.id}',
  refundId: '32 hex characters, fresh for each refund',
  'refund.PATH': 'a part of the answer to the refund',
  day: 'the day of a bill, like 2026-01-31',
} as const

const PLACEHOLDER = /\{([a-zA-Z]+(?:\.[\w.]+)?)\}/g

/** A template that cannot be filled in. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError'
}

export function fill(template: string, values: Values): string {
  return template.replace(PLACEHOLDER, (_, name: string) => valueOf(name, values))
}

export function fillUrl(template: string, values: Values): string {
  return template.replace(PLACEHOLDER, (_, name: string) =>
    encodeURIComponent(valueOf(name, values)),
  )
}

/** Whether one of these stands in what is sent. */
export const usesAny = (
  { url, body }: { readonly url: string; readonly body: string | null },
  names: readonly (keyof typeof PLACEHOLDERS)[],
) => names.some((name) => `${url}${body ?? ''}`.includes(`{${name}}`))

function valueOf(name: string, { names, answer, refund }: Values): string {
  const [source = '', ...path] = name.split('.')
  const inside = { answer, refund }[source]
  const value = path.length === 0 ? names[name] : at(inside, path.join('.'))
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  throw new TemplateError(`{${name}} has no value here`)
}

/** What stands at a path of names and numbers, as `data.items.0.id`. */
export function at(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((inside, name) => {
    return isObject(inside) && Object.hasOwn(inside, name) ? inside[name] : undefined
  }, value)
}

const MAX_DEPTH = 8

/** The first object, from outside to inside, that a test accepts. */
export function findObject(
  value: unknown,
  isIt: (object: Readonly<Record<string, unknown>>) => boolean,
): Readonly<Record<string, unknown>> | null {
  let level = [value]
  for (let depth = 0; depth < MAX_DEPTH; depth += 1) {
    const objects = level.filter(isObject)
    const found = objects.find(isIt)
    if (found !== undefined) return found
    level = objects.flatMap(Object.values)
  }
  return null
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
