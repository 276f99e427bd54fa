import { createHmac } from 'node:crypto'
import { newLoginCode, newSessionKey, openidOf } from '../ids.ts'
import type { Platform } from '../platform.ts'
import type { CallInput } from './call.ts'
import { checkCredentials } from './credentials.ts'
import { WeixinRefusal } from './errors.ts'

const CODE_LIFETIME_MS = 5 * 60 * 1000

/** What `wx.login` does on a phone: a code for this user, good once, for five minutes. */
export function issueCode(platform: Platform, user: string): { code: string; openid: string } {
  const code = newLoginCode(platform.random)
  const openid = openidOf(platform.account.appid, user)
  const at = platform.clock.now()
  platform.codes.set(code, { openid, issuedAt: at, isUsed: false })
  platform.openids.add(openid)
  platform.log.add(at, 'login', { openid, code })
  platform.userNames.set(openid, user)
  const { visits } = platform.miniProgram
  visits.set(openid, { at, sessionKey: visits.get(openid)?.sessionKey ?? null })
  platform.changes.announce()
  return { code, openid }
}

/** https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/user-login/code2Session.html */
export function code2Session(
  platform: Platform,
  { query }: CallInput,
): { openid: string; session_key: string } {
  const { appid = '', secret = '', grant_type: grantType = '', js_code: jsCode = '' } = query
  if (appid !== '' && secret !== '' && jsCode === '') {
    throw new WeixinRefusal('CODE_MISSING', 'there is no js_code')
  }
  checkCredentials(platform, { appid, secret, grantType }, 'authorization_code')
  const code = platform.codes.get(jsCode)
  if (code === undefined) throw new WeixinRefusal('CODE', 'wx.login gave nobody this code')
  if (platform.clock.now().getTime() - code.issuedAt.getTime() > CODE_LIFETIME_MS) {
    throw new WeixinRefusal('CODE', 'a code lives five minutes')
  }
  if (code.isUsed) throw new WeixinRefusal('CODE_USED', 'a code is good once')
  code.isUsed = true
  const sessionKey = newSessionKey(platform.random)
  platform.miniProgram.visits.set(code.openid, { at: platform.clock.now(), sessionKey })
  return { session_key: sessionKey, openid: code.openid }
}

/** https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/user-login/checkSessionKey.html */
export function checkSession(platform: Platform, { query }: CallInput): object {
  const { openid = '', signature = '', sig_method: method = '' } = query
  const visit = platform.miniProgram.visits.get(openid)
  if (visit === undefined) throw new WeixinRefusal('OPENID', 'no user of this appid has it')
  const { sessionKey } = visit
  const isValid =
    method === 'hmac_sha256' &&
    sessionKey !== null &&
    signature === createHmac('sha256', sessionKey).update('').digest('hex')
  if (isValid) return {}
  throw new WeixinRefusal(
    'SESSION_SIGNATURE',
    'it is the hex HMAC-SHA256 of nothing, with the newest session_key; sig_method is hmac_sha256',
  )
}
