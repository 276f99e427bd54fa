import { createPrivateKey } from 'node:crypto'
import { writeAuthorization } from '@dashang/shared/signing/v3/authorization'
import { requestText, sign } from '@dashang/shared/signing/v3/signature'
import type { Simulator } from '@dashang/simulator'

interface V3Request {
  readonly method: 'GET' | 'POST'
  readonly target: string
  readonly content?: object
  /** What is signed instead. */
  readonly signedTarget?: string
}

/** Somebody's server that speaks to the mini-program's half of WeChat, and API v3. */
export function createWechatCalls({ url, account, certificates, v3 }: Simulator) {
  const credentials = { appid: account.appid, secret: account.appSecret }
  const get = async (path: string, query: Record<string, string>): Promise<unknown> =>
    (await fetch(`${url}${path}?${new URLSearchParams(query).toString()}`)).json()

  /** By `api.weixin.qq.com`, with an access token of its own. */
  async function weixin(path: string, body: object): Promise<unknown> {
    const query = { grant_type: 'client_credential', ...credentials }
    const { access_token: token } = (await get('/cgi-bin/token', query)) as { access_token: string }
    const answer = await fetch(`${url}${path}?access_token=${token}`, {
      method: 'POST',
      body: JSON.stringify(body),
    })
    return answer.json()
  }
  const exchange = (code: string) =>
    get('/sns/jscode2session', { js_code: code, grant_type: 'authorization_code', ...credentials })

  function payV3({ method, target, content, signedTarget = target }: V3Request) {
    const body = content === undefined ? '' : JSON.stringify(content)
    const stamp = { timestamp: String(Math.floor(Date.now() / 1000)), nonce: 'n'.repeat(32) }
    const text = requestText({ method, target: signedTarget, body, ...stamp })
    const authorization = writeAuthorization({
      mchid: account.mchid,
      serialNo: v3().merchantSerial,
      signature: sign(text, createPrivateKey(certificates.merchantKey)),
      ...stamp,
    })
    return fetch(`${url}${target}`, {
      method,
      headers: {
        authorization,
        accept: 'application/json',
        'user-agent': 'test',
        ...(content && { 'content-type': 'application/json' }),
      },
      ...(content && { body }),
    })
  }
  return { weixin, exchange, payV3 }
}
