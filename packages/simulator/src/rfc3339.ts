const MOMENT = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/

/** `null` for what is no moment with its offset, or on a day that no calendar has. */
export function parseRfc3339(text: string): Date | null {
  const [, day] = MOMENT.exec(text) ?? []
  const at = new Date(text)
  if (day === undefined || Number.isNaN(at.getTime())) return null
  // JavaScript takes 30 February for 2 March.
  return new Date(day).toISOString().startsWith(day) ? at : null
}
