import { isObject } from '../pay-v3/rules.ts'

/** The content with a 0 more behind one field of it, which dots lead to: `amount.total`. */
export function tamperedContent(content: Readonly<Record<string, unknown>>, path: string): object {
  const [name = '', ...rest] = path.split('.')
  const value = content[name]
  if (rest.length === 0) return { ...content, [name]: withZero(value) }
  return { ...content, [name]: tamperedContent(isObject(value) ? value : {}, rest.join('.')) }
}

const withZero = (value: unknown) =>
  typeof value === 'number' ? value * 10 : `${typeof value === 'string' ? value : ''}0`
