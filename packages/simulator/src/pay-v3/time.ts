import { formatBeijingDateTime } from '@dashang/shared/signing/beijing-time'

/** RFC 3339 in Beijing, as API v3 writes a moment: `2018-06-08T10:34:56+08:00`. */
export const formatRfc3339 = (at: Date): string =>
  `${formatBeijingDateTime(at).replace(' ', 'T')}+08:00`

const RFC_3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/

/** `null` for what is no such moment or has no offset. */
export function parseRfc3339(text: string): Date | null {
  const at = new Date(text)
  return RFC_3339.test(text) && !Number.isNaN(at.getTime()) ? at : null
}
