import type { Fields } from '@dashang/shared/signing/v2'
import type { BillFault, V2DownloadFault } from '../fault-table.ts'
import { Refusal } from '../pay-v2/errors.ts'
import type { Platform } from '../platform.ts'
import { billDayOf, rowsOf, type BillDay } from './day.ts'
import { brokenOff, withRowFaults } from './faults.ts'
import { BILL_TYPES, layoutOf, legacyLayoutOf, type BillType } from './layout.ts'
import type { BillRow } from './row.ts'
import { billLines, type Bill } from './text.ts'

const CHUNK_CHARACTERS = 65_536
export const BYTE_ORDER_MARK = '\ufeff'

/** The text of a bill, in pieces that are made when they are asked for: a day can be long. */
export function downloadBill(
  platform: Platform,
  fields: Fields,
  fault: V2DownloadFault | null,
): Iterable<string> {
  const { type, day } = readBill(fields, platform.clock.now())
  return billText(platform, orderBill(platform, type, day), fault)
}

export function readBill(fields: Fields, now: Date) {
  const type = billTypeOf(fields['bill_type'] ?? '')
  return { type, day: billDayOf(fields['bill_date'] ?? '', now) }
}

/** Which bill, with the faults that were planted when it was asked for. */
export interface BillOrder {
  readonly type: BillType
  readonly day: BillDay
  readonly planted: readonly BillFault[]
}

/** Refused when nothing of it happened. */
export function orderBill(platform: Platform, type: BillType, day: BillDay): BillOrder {
  if (rowsOfType(platform, type, day).next().done) {
    throw new Refusal('NO_BILL_EXIST', 'nothing of it on this day')
  }
  return { type, day, planted: platform.faults.takeAll('bill') }
}

/** The same text whenever it is asked for. */
export function billText(
  platform: Platform,
  { type, day, planted }: BillOrder,
  fault: V2DownloadFault | null = null,
): Iterable<string> {
  const bill: Bill = {
    layout: planted.includes('legacy_columns') ? legacyLayoutOf(type) : layoutOf(type),
    rows: withRowFaults(rowsOfType(platform, type, day), planted),
    errorFen: planted.includes('wrong_summary') ? 1 : 0,
  }
  const isPlain = planted.includes('no_bom_lf')
  const lines = endedLines(billLines(platform.account, bill), isPlain ? '\n' : '\r\n')
  const isBroken = fault === 'cut' || fault === 'short'
  return chunked(isBroken ? brokenOff(lines) : lines, isPlain ? '' : BYTE_ORDER_MARK)
}

function* rowsOfType(platform: Platform, type: BillType, day: BillDay): Generator<BillRow> {
  for (const row of rowsOf(platform, day)) if (BILL_TYPES[type].has(row)) yield row
}

function billTypeOf(text: string): BillType {
  if (text === '') return 'ALL'
  const types = Object.keys(BILL_TYPES) as BillType[]
  const type = types.find((known) => known === text)
  if (type === undefined) throw new Refusal('INVALID_BILL_TYPE', `one of ${types.join(', ')}`)
  return type
}

export function* endedLines(lines: Iterable<string>, lineEnd: string): Generator<string> {
  for (const line of lines) yield `${line}${lineEnd}`
}

export function* chunked(lines: Iterable<string>, start: string): Generator<string> {
  let chunk = start
  for (const line of lines) {
    chunk += line
    if (chunk.length < CHUNK_CHARACTERS) continue
    yield chunk
    chunk = ''
  }
  yield chunk
}
