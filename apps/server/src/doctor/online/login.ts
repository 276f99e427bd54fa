import type { Finding, FindingCode } from '../findings.ts'
import { parseUrl } from '../hosts.ts'
import { silent, type Check } from './check.ts'

const AT = 'WECHAT_API_BASE_URL'
/** Nobody was issued this code, so who knows app and secret says 40029. */
const NO_CODE = 'dashang-doctor'
const CODE_UNKNOWN = 40029

/** https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/user-login/code2Session.html */
const MEANINGS: ReadonlyMap<number, readonly [FindingCode, at: string]> = new Map([
  [40013, ['appid_unknown', 'WECHAT_APPID']],
  [40125, ['app_secret_wrong', 'WECHAT_APP_SECRET']],
])

export const checkLogin: Check = async ({ situation, http }) => {
  const { WECHAT_APPID: appid, WECHAT_APP_SECRET: secret } = situation.settings
  const base = parseUrl(situation.settings[AT])
  if (!appid || !secret || base === null) return null
  const url = new URL('/sns/jscode2session', base)
  const query = { appid, secret, js_code: NO_CODE, grant_type: 'authorization_code' }
  url.search = new URLSearchParams(query).toString()
  const answer = await http.send({ method: 'GET', url })
  if (answer.kind === 'unknown') return silent(AT, `${base.host}: ${answer.why}`)
  return meaningOf(numberIn(answer.body) ?? `HTTP ${answer.status}`)
}

function meaningOf(errcode: number | string): Finding[] {
  if (errcode === CODE_UNKNOWN) return []
  const [code, at] = MEANINGS.get(Number(errcode)) ?? ['login_odd' as const, AT]
  return code === 'login_odd' ? [{ code, at, detail: String(errcode) }] : [{ code, at }]
}

/** `null` for what is not WeChat's JSON. */
function numberIn(body: Uint8Array): number | null {
  try {
    const answer: unknown = JSON.parse(Buffer.from(body).toString())
    const { errcode } = answer as { errcode?: unknown }
    return typeof errcode === 'number' ? errcode : null
  } catch {
    return null
  }
}
