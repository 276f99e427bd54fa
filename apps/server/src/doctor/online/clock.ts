import { silent, type Check } from './check.ts'

/** WeChat refuses at five minutes; a clock that is a minute off is on its way there. */
const MAX_SKEW_SECONDS = 60

const AT = 'WECHAT_PAY_BASE_URL'

/** Every answer tells the time, whatever it is about. */
export const checkClock: Check = async ({ http, payUrl, now }) => {
  if (payUrl === null) return null
  const askedAt = now().getTime()
  const answer = await http.send({ method: 'GET', url: new URL('/', payUrl) })
  if (answer.kind === 'unknown') return silent(AT, `${new URL(payUrl).host}: ${answer.why}`)
  const theirs = Date.parse(String(answer.headers['date']))
  if (Number.isNaN(theirs)) return null
  const middle = (askedAt + now().getTime()) / 2
  const seconds = Math.round((middle - theirs) / 1000)
  const isRight = Math.abs(seconds) <= MAX_SKEW_SECONDS
  const detail = `${seconds > 0 ? '+' : ''}${seconds} s`
  return isRight ? [] : [{ code: 'clock_wrong', at: new URL(payUrl).host, detail }]
}
