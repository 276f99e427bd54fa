import { AppError, type ErrorCode } from '@dashang/shared/errors'
import { setTimeout as wait } from 'node:timers/promises'
import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import type { WeChatHttp } from './http.ts'

const BUSY = -1
const RETRY_AFTER_MS = 200

const Answer = Type.Object({
  openid: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
  unionid: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
  errcode: Type.Optional(Type.Integer()),
})

/** What each refusal means for the person; any other is a matter of configuration. */
const OUTCOMES: Readonly<Record<number, ErrorCode>> = {
  [BUSY]: 'WECHAT_BUSY',
  40029: 'LOGIN_CODE_INVALID',
  40163: 'LOGIN_CODE_USED',
  40226: 'LOGIN_REFUSED',
  45011: 'LOGIN_TOO_OFTEN',
}

export interface WeChatUser {
  readonly openid: string
  readonly unionid: string | null
}

export interface MiniProgram {
  readonly appid: string
  /** Who is behind a code of `wx.login`. The `session_key` that comes with it is not kept. */
  code2Session(code: string): Promise<WeChatUser>
}

/** https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/user-login/code2Session.html */
export function createMiniProgram(
  http: WeChatHttp,
  account: { appid: string; appSecret: string; baseUrl: string },
): MiniProgram {
  async function ask(code: string): Promise<Static<typeof Answer>> {
    const url = new URL('/sns/jscode2session', account.baseUrl)
    url.search = new URLSearchParams({
      appid: account.appid,
      secret: account.appSecret,
      js_code: code,
      grant_type: 'authorization_code',
    }).toString()
    const result = await http.get(url)
    if (result.kind === 'answered') return readAnswer(result.body)
    throw new AppError(
      result.why === 'timeout' ? 'WECHAT_TIMEOUT' : 'WECHAT_BUSY',
      `code2Session: ${result.why}`,
    )
  }

  return {
    appid: account.appid,
    async code2Session(code) {
      let answer = await ask(code)
      if (answer.errcode === BUSY) {
        await wait(RETRY_AFTER_MS)
        answer = await ask(code)
      }
      const { errcode = 0, openid, unionid = null } = answer
      if (errcode === 0 && openid !== undefined) return { openid, unionid }
      throw new AppError(OUTCOMES[errcode] ?? 'WECHAT_REFUSED', `code2Session: errcode ${errcode}`)
    },
  }
}

function readAnswer(body: Uint8Array): Static<typeof Answer> {
  try {
    return Value.Parse(Answer, JSON.parse(Buffer.from(body).toString()))
  } catch {
    // The cause would quote the answer, and an answer holds an openid and a session_key.
    throw new AppError('WECHAT_BUSY', 'code2Session: the answer is not its JSON')
  }
}
