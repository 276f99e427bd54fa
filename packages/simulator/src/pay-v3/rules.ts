import type { Words } from './language.ts'
import { Refusal } from './refusal.ts'

/** Where a value stands: WeChat's messages name it. */
export interface Place {
  readonly location: 'body' | 'query' | 'uri_template'
  /** `/body/amount/total` */
  readonly pointer: string
}

/** How one value is read, or refused in the words of WeChat's validator. */
export interface Rule<T> {
  /** The Chinese name of the field. */
  readonly label: string
  readonly isRequired: boolean
  readonly read: (value: unknown, place: Place) => T
}

export type Value<R> = R extends Rule<infer T> ? T : never

interface TextLimits {
  readonly max: number
  readonly min?: number
  /** WeChat counts some fields in bytes of UTF-8 and some in characters. */
  readonly unit?: 'bytes' | 'characters'
  readonly pattern?: RegExp
  readonly format?: Format
}

/** What no pattern can say. */
export interface Format extends Words {
  readonly fits: (text: string) => boolean
}

const UNITS = {
  bytes: { name: '字节数', count: (text: string) => Buffer.byteLength(text) },
  characters: { name: '字符数', count: (text: string) => Array.from(text).length },
} as const

export function text(label: string, limits: TextLimits): Rule<string> {
  const { max, min = 1, unit = 'characters', pattern, format } = limits
  return required(label, (value, place) => {
    if (typeof value !== 'string') throw wrongType(label, place, value, '字符串')
    const { name, count } = UNITS[unit]
    const size = count(value)
    const said = (rule: string) => `${mapped(label, place, '值')}字符串规则校验失败，${rule}`
    if (size < min) {
      const zh = said(`${name} ${size}，小于最小值 ${min}`)
      throw refusal(place, size, zh, `it has ${size} ${unit}, at least ${min} are needed`)
    }
    if (size > max) {
      const zh = said(`${name} ${size}，大于最大值 ${max}`)
      throw refusal(place, size, zh, `it has ${size} ${unit}, at most ${max} are taken`)
    }
    if (pattern !== undefined && !pattern.test(value)) {
      const rule = `字符串必须匹配正则表达式“${pattern.source}”`
      throw refusal(place, value, said(rule), `it has to match ${pattern.source}`)
    }
    if (format?.fits(value) === false) {
      const zh = `${mapped(label, place, '值')}格式校验失败，必须为 ${format.zh} 格式`
      throw refusal(place, value, zh, format.en)
    }
    return value
  })
}

/** A whole number of 64 bits; JSON writes it without quotes. */
export function whole(label: string, min: number): Rule<number> {
  return required(label, (value, place) => {
    if (typeof value !== 'number' || !Number.isSafeInteger(value)) {
      throw wrongType(label, place, value, ' 64 位有符号整数')
    }
    if (value >= min) return value
    const said = `${mapped(label, place, '数值')}规则校验失败，值低于最小值 ${min}`
    throw refusal(place, value, said, `at least ${min}`)
  })
}

export function flag(label: string): Rule<boolean> {
  return required(label, (value, place) => {
    if (typeof value !== 'boolean') throw wrongType(label, place, value, '布尔值')
    return value
  })
}

export function oneOf<const Name extends string>(
  label: string,
  names: readonly Name[],
): Rule<Name> {
  return required(label, (value, place) => {
    if (typeof value !== 'string') throw wrongType(label, place, value, '字符串')
    const name = names.find((known) => known === value)
    if (name !== undefined) return name
    const said = `${mapped(label, place, '枚举')}规则校验失败，值不在取值范围内`
    throw refusal(place, value, said, `one of ${names.join(', ')}`)
  })
}

export function list<T>(label: string, item: Rule<T>): Rule<readonly T[]> {
  return required(label, (value, place) => {
    if (!Array.isArray(value)) throw wrongType(label, place, value, ' Json 数组')
    return value.map((one: unknown, index) => item.read(one, inside(place, String(index))))
  })
}

type Rules = Readonly<Record<string, Rule<unknown>>>
type Read<R extends Rules> = { readonly [Name in keyof R]: Value<R[Name]> }

/** What is not in `rules` is ignored, as WeChat does. */
export function object<R extends Rules>(label: string, rules: R): Rule<Read<R>> {
  return required(label, (value, place) => {
    if (!isObject(value)) throw wrongType(label, place, value, ' Json 对象')
    const entries = Object.entries(rules).map(([name, rule]) => {
      return [name, rule.read(value[name], inside(place, name))] as const
    })
    return Object.fromEntries(entries) as Read<R>
  })
}

/** The same, and it may be missing; what is empty is missing as well. */
export function optional<T>({ label, read }: Rule<T>): Rule<T | undefined> {
  return {
    label,
    isRequired: false,
    read: (value, place) => (isMissing(value) ? undefined : read(value, place)),
  }
}

function required<T>(label: string, read: Rule<T>['read']): Rule<T> {
  return {
    label,
    isRequired: true,
    read(value, place) {
      if (!isMissing(value)) return read(value, place)
      const said = `${mapped(label, place, '')}必填性规则校验失败，此字段为必填项`
      throw refusal(place, '', said, 'it is missing')
    },
  }
}

const isMissing = (value: unknown) => value === undefined || value === null || value === ''

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const inside = ({ location, pointer }: Place, name: string): Place => ({
  location,
  pointer: `${pointer}/${name}`,
})

const mapped = (label: string, { pointer }: Place, kind: string) =>
  `输入源“${pointer}”映射到${kind}字段“${label}”`

function wrongType(label: string, place: Place, value: unknown, type: string): Refusal {
  const source = place.location === 'body' ? '无法将 JSON 输入源' : '无法将输入源'
  const said = `${source}“${place.pointer}”映射到目标字段“${label}”中，此字段需要一个合法的${type}`
  return refusal(place, value, said, `${JSON.stringify(value)} has another type`)
}

function refusal({ location, pointer }: Place, value: unknown, zh: string, hint: string): Refusal {
  const en = `${pointer}: ${hint}`
  return new Refusal('PARAM_ERROR', en, { message: { zh, en }, detail: { location, value } })
}
