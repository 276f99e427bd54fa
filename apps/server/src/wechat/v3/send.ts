import { randomBytes } from 'node:crypto'
import { writeAuthorization } from '@dashang/shared/signing/v3/authorization'
import { requestText, sign } from '@dashang/shared/signing/v3/signature'
import type { HttpRequest, WeChatHttp } from '../http.ts'
import type { V3Account } from './account.ts'

/** What is asked of API v3, by path and query. */
export interface V3Request {
  readonly method: 'GET' | 'POST'
  readonly target: string
  readonly body?: object
}

/** Signs a request and sends it; what comes back is for others to believe. */
export type V3Send = (request: V3Request) => ReturnType<WeChatHttp['send']>

/** Several of WeChat's routes answer 400 to who has none. */
const USER_AGENT = 'dashang (Node.js)'

/**
 * The backup host is asked when the first could not be reached, which may also mean that it did its
 * work and the answer got lost. Every request names its order or refund by a number of ours, so
 * that a repeat does nothing twice.
 */
export function createV3Send(http: WeChatHttp, account: V3Account, now: () => Date): V3Send {
  return async (request) => {
    const answer = await http.send(signedRequest(account, request, now(), account.baseUrl))
    const isLost = answer.kind === 'unknown' && answer.why === 'unreachable'
    if (!isLost || account.backupUrl === null) return answer
    return http.send(signedRequest(account, request, now(), account.backupUrl))
  }
}

export const newNonce = () => randomBytes(16).toString('hex')

export const unixSeconds = (at: Date) => String(Math.floor(at.getTime() / 1000))

/** A request as it goes out. https://pay.weixin.qq.com/doc/v3/merchant/4012365334 */
export function signedRequest(
  { mchid, keys }: V3Account,
  { method, target, body }: V3Request,
  now: Date,
  baseUrl: string,
): HttpRequest {
  const url = new URL(target, baseUrl)
  const text = body === undefined ? '' : JSON.stringify(body)
  const stamp = { timestamp: unixSeconds(now), nonce: newNonce() }
  // What is signed is what is sent, percent signs and all.
  const sent = { method, target: `${url.pathname}${url.search}`, ...stamp, body: text }
  const signature = sign(requestText(sent), keys.privateKey)
  const authorization = { mchid, serialNo: keys.serialNo, ...stamp, signature }
  const [publicKey] = keys.publicKeys
  return {
    method,
    url,
    headers: {
      accept: 'application/json',
      authorization: writeAuthorization(authorization),
      'user-agent': USER_AGENT,
      ...(publicKey && { 'wechatpay-serial': publicKey.id }),
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: text }),
  }
}
