import { yuanToFen } from '@dashang/shared/money'

export const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '.', '0', 'erase'] as const
export type Key = (typeof KEYS)[number]

export interface Limits {
  readonly minFen: number
  readonly maxFen: number
}

/** What stands in the field, and why the last key changed nothing. */
export interface Entry {
  readonly text: string
  readonly refused: 'too_much' | 'decimals' | null
}

export const NO_ENTRY: Entry = { text: '', refused: null }

/** `500` → `5`, `550` → `5.50`: an amount as a person would have typed it. */
export function entryOf(yuan: string): Entry {
  return { text: yuan.replace(/^¥/, '').replace(/\.00$/, ''), refused: null }
}

/** One key. What is in the field stays a prefix of an amount that may be paid. */
export function press({ text }: Entry, key: Key, { maxFen }: Limits): Entry {
  if (key === 'erase') return { text: text.slice(0, -1), refused: null }
  if (key === '.') return { text: text.includes('.') ? text : `${text || '0'}.`, refused: null }
  const next = text === '0' ? key : `${text}${key}`
  if (/\.\d{3}/.test(next)) return { text, refused: 'decimals' }
  return amountOf(next) > maxFen ? { text, refused: 'too_much' } : { text: next, refused: null }
}

/** What is in the field, in fen; an unfinished `5.` counts as what is there, nothing as nothing. */
export function amountOf(text: string): number {
  return yuanToFen(text.replace(/\.$/, '')) ?? 0
}

/** What the line under the field says: the limits before they are hit, or which one was. */
export type Hint = 'limits' | 'too_much' | 'too_little' | 'decimals'

export function hintOf({ text, refused }: Entry, { minFen }: Limits): Hint {
  if (refused !== null) return refused
  return text !== '' && amountOf(text) < minFen ? 'too_little' : 'limits'
}

export function isPayable(text: string, { minFen, maxFen }: Limits): boolean {
  const amountFen = amountOf(text)
  return amountFen >= minFen && amountFen <= maxFen
}
