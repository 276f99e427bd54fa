const TIME_DIGITS = 12
const RANDOM_DIGITS = 20

/** 32 hex characters: the time, then chance. Unique is enough; the server knows whose it is. */
export function newOrderId(now = Date.now(), random = Math.random): string {
  const time = now.toString(16).padStart(TIME_DIGITS, '0')
  const chance = Array.from({ length: RANDOM_DIGITS }, () => Math.floor(random() * 16).toString(16))
  return time + chance.join('')
}
