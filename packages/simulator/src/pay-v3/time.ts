import { formatBeijingDateTime } from '@dashang/shared/signing/beijing-time'

/** RFC 3339 in Beijing, as API v3 writes a moment: `2018-06-08T10:34:56+08:00`. */
export const formatRfc3339 = (at: Date): string =>
  `${formatBeijingDateTime(at).replace(' ', 'T')}+08:00`
