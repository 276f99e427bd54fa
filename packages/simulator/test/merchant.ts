import { createServer } from 'node:http'
import { request, type RequestOptions } from 'node:https'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { signed, type Fields, type SignType } from '@dashang/shared/signing/v2'
import { parseXml, writeXml } from '@dashang/shared/signing/xml'
import type { Simulator } from '../src/simulator.ts'
import { ACCOUNT } from './account.ts'

/** What a client shows of itself. */
export type Credentials = Pick<RequestOptions, 'agent' | 'ca' | 'cert' | 'key' | 'servername'>

export interface Reply {
  readonly fields: Fields
  readonly hint: string | null
  readonly contentType: string | null
}

/** Over TLS, with these credentials. */
export async function postTls(url: string, body: string, credentials: Credentials): Promise<Reply> {
  const { promise, resolve, reject } = Promise.withResolvers<Reply>()
  const call = request(url, { method: 'POST', agent: false, ...credentials }, (response) => {
    const hint = response.headers['sim-hint']
    text(response).then((answer) => {
      resolve({
        fields: parseXml(answer),
        hint: typeof hint === 'string' ? decodeURIComponent(hint) : null,
        contentType: response.headers['content-type'] ?? null,
      })
    }, reject)
  })
  call.on('error', reject).end(body)
  return promise
}

/** A merchant's server as the simulator sees one, signing as it should unless told otherwise. */
export function createMerchant(
  simulator: Pick<Simulator, 'url' | 'tlsUrl' | 'certificates'>,
  signType: SignType = 'MD5',
) {
  async function post(api: string, body: string): Promise<Reply> {
    const response = await fetch(`${simulator.url}/pay/${api}`, { method: 'POST', body })
    const hint = response.headers.get('sim-hint')
    return {
      fields: parseXml(await response.text()),
      hint: hint && decodeURIComponent(hint),
      contentType: response.headers.get('content-type'),
    }
  }
  const common = () => ({
    appid: ACCOUNT.appid,
    mch_id: ACCOUNT.mchid,
    nonce_str: crypto.randomUUID().replaceAll('-', ''),
    sign_type: signType,
  })
  const xmlOf = (fields: Fields) =>
    writeXml(signed({ ...common(), ...fields }, { key: ACCOUNT.v2Key, signType }))
  const send = (api: string, fields: Fields) => post(api, xmlOf(fields))
  const { caCert: ca, merchantCert: cert, merchantKey: key } = simulator.certificates
  const refund = (fields: Fields, credentials: Credentials = { ca, cert, key }) =>
    postTls(`${simulator.tlsUrl}/secapi/pay/refund`, xmlOf(fields), credentials)

  return { post, send, refund, xmlOf }
}

export function orderFields(openid: string, changes: Fields = {}): Fields {
  return {
    body: '打赏',
    out_trade_no: 'order-0001',
    total_fee: '500',
    spbill_create_ip: '127.0.0.1',
    notify_url: 'http://127.0.0.1:9/notify',
    trade_type: 'JSAPI',
    openid,
    ...changes,
  }
}

/** A refund of all of `orderFields`. */
export function refundFields(changes: Fields = {}): Fields {
  return {
    out_trade_no: 'order-0001',
    out_refund_no: 'refund-0001',
    total_fee: '500',
    refund_fee: '500',
    ...changes,
  }
}

export interface Inbox {
  readonly url: string
  readonly received: string[]
  /** What the next requests are answered; the last one stays. */
  answers: string[]
  close(): Promise<void>
}

/** A notify address that keeps what it is told. */
export async function createInbox(): Promise<Inbox> {
  const inbox = { received: [] as string[], answers: [ACCEPT] }
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      inbox.received.push(body)
      const [answer = ACCEPT, ...rest] = inbox.answers
      if (rest.length > 0) inbox.answers = rest
      response.end(answer)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return Object.assign(inbox, {
    url: `http://127.0.0.1:${port}/notify`,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections()
        server.close(() => {
          resolve()
        })
      }),
  })
}

export const ACCEPT = writeXml({ return_code: 'SUCCESS', return_msg: 'OK' })
export const REFUSE = writeXml({ return_code: 'FAIL', return_msg: 'no' })
