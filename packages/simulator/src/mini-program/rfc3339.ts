const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/

/** `null` for what is no moment with its offset. */
export function parseRfc3339(text: string): Date | null {
  const at = new Date(text)
  return MOMENT.test(text) && !Number.isNaN(at.getTime()) ? at : null
}
