import { Type, type Static, type TSchema } from 'typebox'
import { Value } from 'typebox/value'
import type { WeChatHttp } from './http.ts'
import type { Unclear } from './payment-channel.ts'

/** A token that is about to end is not worth starting with. */
const RENEW_BEFORE_MS = 300_000
/** The token is none (any more): a new one helps. */
const BAD_TOKEN: readonly number[] = [40001, 40014, 42001]

export interface MiniProgramAccount {
  readonly appid: string
  readonly appSecret: string
  readonly baseUrl: string
}

export type ApiResult<Answer extends TSchema> =
  | { readonly kind: 'answered'; readonly answer: Static<Answer> }
  | { readonly kind: 'refused'; readonly errcode: number }
  | { readonly kind: 'unknown'; readonly why: Unclear }

export interface MiniProgramApi {
  /** One call that needs an access_token; a token that is not taken is renewed, once. */
  post<Answer extends TSchema>(
    path: string,
    body: object,
    answer: Answer,
  ): Promise<ApiResult<Answer>>
}

const Refusal = Type.Object({ errcode: Type.Integer() })
const Token = Type.Object({
  access_token: Type.String({ minLength: 1, maxLength: 512 }),
  expires_in: Type.Integer({ minimum: 0 }),
})

type TokenResult = ApiResult<typeof Token>

interface KeptToken {
  readonly result: Promise<TokenResult>
  endsAt: number
}

/** WeChat's server API. */
export function createMiniProgramApi(
  http: WeChatHttp,
  { appid, appSecret, baseUrl }: MiniProgramAccount,
): MiniProgramApi {
  async function send<Answer extends TSchema>(
    url: URL,
    body: object,
    answer: Answer,
  ): Promise<ApiResult<Answer>> {
    const result = await http.post(url, JSON.stringify(body))
    return result.kind === 'unknown' ? result : readAnswer(result.body, answer)
  }

  const credentials = { grant_type: 'client_credential', appid, secret: appSecret }
  const tokens = keepToken(() =>
    send(new URL('/cgi-bin/stable_token', baseUrl), credentials, Token),
  )

  async function attempt<Answer extends TSchema>(path: string, body: object, answer: Answer) {
    const token = tokens.current()
    const result = await token.result
    if (result.kind !== 'answered') return { token, result }
    const url = new URL(path, baseUrl)
    url.searchParams.set('access_token', result.answer.access_token)
    return { token, result: await send(url, body, answer) }
  }

  return {
    async post(path, body, answer) {
      const { token, result } = await attempt(path, body, answer)
      if (result.kind !== 'refused' || !BAD_TOKEN.includes(result.errcode)) return result
      tokens.drop(token)
      return (await attempt(path, body, answer)).result
    },
  }
}

/**
 * The one token of this process. The stable token is the same for everybody who asks with our secret,
 * so several processes do not take it away from each other.
 * https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/mp-access-token/getStableAccessToken.html
 */
function keepToken(fetchToken: () => Promise<TokenResult>) {
  let kept: KeptToken | null = null
  return {
    /** Whoever asks while it is fetched waits for the same one. */
    current(): KeptToken {
      if (kept !== null && performance.now() < kept.endsAt) return kept
      const token: KeptToken = { result: fetchToken(), endsAt: Number.POSITIVE_INFINITY }
      kept = token
      void token.result.then((result) => {
        const isToken = result.kind === 'answered'
        const livesMs = isToken ? result.answer.expires_in * 1000 - RENEW_BEFORE_MS : 0
        token.endsAt = performance.now() + livesMs
      })
      return token
    },
    /** Another call may have renewed it meanwhile, and that one stays. */
    drop(token: KeptToken): void {
      if (kept === token) kept = null
    },
  }
}

function readAnswer<Answer extends TSchema>(body: Uint8Array, answer: Answer): ApiResult<Answer> {
  const json = parseJson(body)
  if (Value.Check(Refusal, json) && json.errcode !== 0) {
    return { kind: 'refused', errcode: json.errcode }
  }
  if (Value.Check(answer, json)) return { kind: 'answered', answer: json }
  return { kind: 'unknown', why: 'malformed' }
}

/** `undefined` for what is not JSON. */
function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString())
  } catch {
    return undefined
  }
}
