import { Type } from 'typebox'
import { newAccessToken } from '../ids.ts'
import type { Platform } from '../platform.ts'
import { readJson, type CallInput } from './call.ts'
import { checkCredentials } from './credentials.ts'
import { WeixinRefusal } from './errors.ts'
import type { AccessToken } from './state.ts'

const SECOND_MS = 1000
const LIFETIME_MS = 7200 * SECOND_MS
/** How long a replaced token is still taken, and how long before its end the stable one is renewed. */
const OVERLAP_MS = 300 * SECOND_MS
const MAX_FORCED_A_DAY = 20
const MIN_FORCED_INTERVAL_MS = 30 * SECOND_MS
const DAY_MS = 24 * 60 * 60 * SECOND_MS

interface TokenAnswer {
  readonly access_token: string
  readonly expires_in: number
}

/** https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/mp-access-token/getAccessToken.html */
export function token(platform: Platform, { query }: CallInput): TokenAnswer {
  const { appid = '', secret = '', grant_type: grantType = '' } = query
  checkCredentials(platform, { appid, secret, grantType }, 'client_credential')
  const now = platform.clock.now().getTime()
  retire(platform, 'legacy', now + OVERLAP_MS)
  return issue(platform, 'legacy')
}

const StableTokenBody = Type.Object({
  grant_type: Type.String({ default: '' }),
  appid: Type.String({ default: '' }),
  secret: Type.String({ default: '' }),
  force_refresh: Type.Optional(Type.Boolean()),
})

/** https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/mp-access-token/getStableAccessToken.html */
export function stableToken(platform: Platform, { json }: CallInput): TokenAnswer {
  const body = readJson(Type.Partial(StableTokenBody), json)
  const { appid = '', secret = '', grant_type: grantType = '', force_refresh: isForced } = body
  checkCredentials(platform, { appid, secret, grantType }, 'client_credential')
  const now = platform.clock.now()
  if (isForced === true) {
    countForcedRefresh(platform, now)
    retire(platform, 'stable', now.getTime())
    return issue(platform, 'stable')
  }
  const current = [...platform.miniProgram.tokens].findLast(([, { kind }]) => kind === 'stable')
  const leftMs = (current?.[1].diesAt.getTime() ?? 0) - now.getTime()
  if (current === undefined || leftMs <= OVERLAP_MS) return issue(platform, 'stable')
  return { access_token: current[0], expires_in: Math.floor(leftMs / SECOND_MS) }
}

function countForcedRefresh({ miniProgram }: Platform, now: Date): void {
  const { forcedRefreshes } = miniProgram
  const last = forcedRefreshes.at(-1)
  if (last !== undefined && now.getTime() - last.getTime() < MIN_FORCED_INTERVAL_MS) {
    throw new WeixinRefusal('TOO_OFTEN', 'two forced refreshes are 30 seconds apart')
  }
  const today = forcedRefreshes.filter((at) => now.getTime() - at.getTime() < DAY_MS)
  if (today.length >= MAX_FORCED_A_DAY) {
    throw new WeixinRefusal('DAILY_QUOTA', `${MAX_FORCED_A_DAY} forced refreshes a day`)
  }
  forcedRefreshes.splice(0, forcedRefreshes.length, ...today, now)
}

function issue({ clock, random, miniProgram }: Platform, kind: AccessToken['kind']): TokenAnswer {
  const now = clock.now().getTime()
  const expiresAt = new Date(now + LIFETIME_MS)
  const accessToken = newAccessToken(random)
  miniProgram.tokens.set(accessToken, { kind, expiresAt, diesAt: expiresAt })
  return { access_token: accessToken, expires_in: LIFETIME_MS / SECOND_MS }
}

function retire({ miniProgram }: Platform, kind: AccessToken['kind'], at: number): void {
  for (const known of miniProgram.tokens.values()) {
    if (known.kind === kind && known.diesAt.getTime() > at) known.diesAt = new Date(at)
  }
}

/** What every other call asks of its access_token. */
export function checkAccessToken({ clock, miniProgram }: Platform, accessToken: string): void {
  if (accessToken === '') throw new WeixinRefusal('TOKEN_MISSING', 'there is no access_token')
  if (!/^\d+_[\w-]{100,509}$/.test(accessToken)) {
    throw new WeixinRefusal('TOKEN_SHAPE', 'this is not the shape of an access_token')
  }
  const known = miniProgram.tokens.get(accessToken)
  const now = clock.now()
  if (known !== undefined && known.diesAt > now) return
  if (known !== undefined && known.expiresAt <= now) {
    throw new WeixinRefusal('TOKEN_EXPIRED', 'it was given out two hours ago')
  }
  throw new WeixinRefusal(
    'BAD_CREDENTIAL',
    known === undefined ? 'nobody was given this access_token' : 'a newer one has replaced it',
  )
}
