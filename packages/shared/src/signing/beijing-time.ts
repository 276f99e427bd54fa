const OFFSET_MS = 8 * 60 * 60 * 1000
const DAY_MS = 24 * 60 * 60 * 1000

/** API v2 writes moments as `yyyyMMddHHmmss` in Beijing, which has no summer time. */
export function formatBeijingTime(at: Date): string {
  return new Date(at.getTime() + OFFSET_MS).toISOString().replace(/\D/g, '').slice(0, 14)
}

/** `yyyy-MM-dd HH:mm:ss`, as refunds and bills write a moment. */
export function formatBeijingDateTime(at: Date): string {
  return new Date(at.getTime() + OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ')
}

/** `null` for anything that is not such a moment, the 31st of February included. */
export function parseBeijingTime(text: string): Date | null {
  if (!/^[0-9]{14}$/.test(text)) return null
  const iso = text.replace(/^(.{4})(..)(..)(..)(..)(..)$/, '$1-$2-$3T$4:$5:$6+08:00')
  const at = new Date(iso)
  return Number.isNaN(at.getTime()) || formatBeijingTime(at) !== text ? null : at
}

/** A day in Beijing, `2026-01-31`, with its first moment and the first of the next day. */
export interface BeijingDay {
  readonly name: string
  readonly from: Date
  readonly to: Date
}

/** `null` for anything that is not such a day. */
export function parseBeijingDay(name: string): BeijingDay | null {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(name)) return null
  const from = parseBeijingTime(`${name.replaceAll('-', '')}000000`)
  return from && { name, from, to: new Date(from.getTime() + DAY_MS) }
}

/** The day before the one that a moment is in. */
export function beijingDayBefore(at: Date): BeijingDay {
  const name = new Date(at.getTime() + OFFSET_MS - DAY_MS).toISOString().slice(0, 10)
  const from = new Date(`${name}T00:00:00+08:00`)
  return { name, from, to: new Date(from.getTime() + DAY_MS) }
}
