import { formatBeijingDateTime, parseBeijingTime } from '@dashang/shared/signing/beijing-time'

/** RFC 3339 in Beijing, as API v3 writes a moment: `2026-01-01T10:34:56+08:00`. */
export function formatTime(at: Date): string {
  return `${formatBeijingDateTime(at).replace(' ', 'T')}+08:00`
}

/** `null` for anything that is not such a moment, whichever place it is written for. */
export function parseTime(text: string): Date | null {
  const [, local = ''] =
    /^([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})$/.exec(
      text,
    ) ?? []
  // Date takes the 30th of February for the 2nd of March.
  if (parseBeijingTime(local.replace(/\D/g, '')) === null) return null
  const at = new Date(text)
  return Number.isNaN(at.getTime()) ? null : at
}
