import type { Simulator } from '../src/simulator.ts'
import { ACCOUNT } from './account.ts'

export type Answer = Readonly<Record<string, unknown>>

/** A server that calls api.weixin.qq.com; every answer of it is HTTP 200 and JSON. */
export function createWeixinClient(simulator: Simulator) {
  async function call(method: string, path: string, body?: string): Promise<Answer> {
    const response = await fetch(`${simulator.url}${path}`, {
      method,
      ...(body !== undefined && { body }),
    })
    if (response.status !== 200) throw new Error(`HTTP ${response.status}`)
    return (await response.json()) as Answer
  }
  const get = (path: string, query: Readonly<Record<string, string>>) =>
    call('GET', `${path}?${new URLSearchParams(query).toString()}`)
  const credentials = { appid: ACCOUNT.appid, secret: ACCOUNT.appSecret }

  async function accessToken(): Promise<string> {
    const { access_token: token } = await get('/cgi-bin/token', {
      grant_type: 'client_credential',
      ...credentials,
    })
    return String(token)
  }
  const stableToken = (changes: object = {}) =>
    call(
      'POST',
      '/cgi-bin/stable_token',
      JSON.stringify({ grant_type: 'client_credential', ...credentials, ...changes }),
    )
  async function post(path: string, body: object): Promise<Answer> {
    return call('POST', `${path}?access_token=${await accessToken()}`, JSON.stringify(body))
  }
  async function exchange(code: string): Promise<Answer> {
    const query = { js_code: code, grant_type: 'authorization_code', ...credentials }
    return get('/sns/jscode2session', query)
  }
  return { call, get, post, accessToken, stableToken, exchange }
}
