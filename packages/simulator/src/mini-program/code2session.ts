import { newLoginCode, newRid, newSessionKey, openidOf } from '../ids.ts'
import type { Platform } from '../platform.ts'

const CODE_LIFETIME_MS = 5 * 60 * 1000

/** https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/user-login/code2Session.html */
const ERRORS = {
  busy: [-1, 'system error'],
  grant_type: [40002, 'invalid grant_type'],
  appid: [40013, 'invalid appid'],
  code: [40029, 'invalid code'],
  secret: [40125, 'invalid appsecret'],
  code_used: [40163, 'code been used'],
  risk: [40226, 'code blocked'],
  appid_missing: [41002, 'appid missing'],
  secret_missing: [41004, 'appsecret missing'],
  code_missing: [41008, 'missing code'],
  too_often: [45011, 'api minute-quota reach limit, must slower, retry next minute'],
} as const

export type LoginError = keyof typeof ERRORS

export interface Code2SessionQuery {
  readonly appid?: string
  readonly secret?: string
  readonly js_code?: string
  readonly grant_type?: string
}

export type Code2SessionAnswer =
  | { readonly openid: string; readonly session_key: string }
  | { readonly errcode: number; readonly errmsg: string }

/** What `wx.login` does on a phone: a code for this user, good once, for five minutes. */
export function issueCode(platform: Platform, user: string): { code: string; openid: string } {
  const code = newLoginCode(platform.random)
  const openid = openidOf(platform.account.appid, user)
  platform.codes.set(code, { openid, issuedAt: platform.clock.now(), isUsed: false })
  platform.openids.add(openid)
  platform.userNames.set(openid, user)
  platform.changes.announce()
  return { code, openid }
}

export function code2Session(platform: Platform, query: Code2SessionQuery): Code2SessionAnswer {
  const error = errorOf(platform, query)
  if (error !== null) return loginError(platform, error)

  const code = platform.codes.get(query.js_code ?? '')
  if (code === undefined || isExpired(platform, code.issuedAt)) return loginError(platform, 'code')
  if (code.isUsed) return loginError(platform, 'code_used')
  code.isUsed = true
  return { session_key: newSessionKey(platform.random), openid: code.openid }
}

export function loginError({ random }: Platform, error: LoginError): Code2SessionAnswer {
  const [errcode, errmsg] = ERRORS[error]
  return { errcode, errmsg: `${errmsg}, rid: ${newRid(random)}` }
}

function errorOf({ account }: Platform, query: Code2SessionQuery): LoginError | null {
  if (!query.appid) return 'appid_missing'
  if (!query.secret) return 'secret_missing'
  if (!query.js_code) return 'code_missing'
  if (query.grant_type !== 'authorization_code') return 'grant_type'
  if (query.appid !== account.appid) return 'appid'
  if (query.secret !== account.appSecret) return 'secret'
  return null
}

function isExpired({ clock }: Platform, issuedAt: Date): boolean {
  return clock.now().getTime() - issuedAt.getTime() > CODE_LIFETIME_MS
}
