export type Saved = 'saved' | 'downloaded' | 'denied' | 'cancelled' | 'failed'

/** WeChat tells a refusal and a cancel from a failure only by this text. */
export function savedOf(error: unknown): Saved {
  const { errMsg = '' } = (error ?? {}) as { errMsg?: string }
  if (/auth|permission|privacy/i.test(errMsg)) return 'denied'
  return /cancel/i.test(errMsg) ? 'cancelled' : 'failed'
}
