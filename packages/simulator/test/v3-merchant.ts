import { createPrivateKey, randomBytes } from 'node:crypto'
import { createServer, request, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { writeAuthorization } from '@dashang/shared/signing/v3/authorization'
import { paySign } from '@dashang/shared/signing/v3/pay-sign'
import { unseal } from '@dashang/shared/signing/v3/resource'
import { requestText, sign } from '@dashang/shared/signing/v3/signature'
import { verify } from '@dashang/shared/signing/v3/verify'
import type { V3Credentials } from '../src/pay-v3/credentials.ts'
import type { Simulator } from '../src/simulator.ts'
import { ACCOUNT } from './account.ts'

export interface V3Reply {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
  readonly hint: string | null
}

/** What a merchant does otherwise than it should. */
export interface Changes {
  readonly headers?: Readonly<Record<string, string | undefined>>
  /** The whole header, or nothing at all. */
  readonly authorization?: string | null
  readonly mchid?: string
  readonly serialNo?: string
  readonly timestamp?: string
  readonly privateKey?: string
  /** What is signed instead of what is sent. */
  readonly signedBody?: string
  readonly signedTarget?: string
}

/** What a merchant knows of the platform, which may be in another process. */
export interface KnownPlatform {
  readonly url: string
  readonly certificates: Pick<Simulator['certificates'], 'merchantKey'>
  readonly keys: Pick<Simulator['keys'], 'mode'>
  readonly platform: Pick<Simulator['platform'], 'stampNow'>
  v3(): Pick<V3Credentials, 'merchantSerial' | 'publicKeyId'>
}

/** A merchant's server that speaks API v3, as it should unless told otherwise. */
export function createV3Merchant(simulator: KnownPlatform) {
  const { merchantKey } = simulator.certificates

  function authorize(method: string, target: string, body = '', changes: Changes = {}): string {
    const stamp = {
      timestamp: changes.timestamp ?? secondsOf(simulator.platform.stampNow()),
      nonce: randomBytes(16).toString('hex'),
    }
    const signedText = requestText({
      method,
      target: changes.signedTarget ?? target,
      body: changes.signedBody ?? body,
      ...stamp,
    })
    return writeAuthorization({
      mchid: changes.mchid ?? ACCOUNT.mchid,
      serialNo: changes.serialNo ?? simulator.v3().merchantSerial,
      signature: sign(signedText, createPrivateKey(changes.privateKey ?? merchantKey)),
      ...stamp,
    })
  }

  /** A request as it goes over the wire. */
  function requestOf(
    method: string,
    target: string,
    content?: object | string,
    changes: Changes = {},
  ) {
    const body = typeof content === 'object' ? JSON.stringify(content) : (content ?? '')
    const { authorization = authorize(method, target, body, changes) } = changes
    const headers: Record<string, string | undefined> = {
      Accept: 'application/json',
      'User-Agent': 'test',
      'Wechatpay-Serial': serialToName(simulator),
      ...(body !== '' && { 'Content-Type': 'application/json' }),
      ...(authorization !== null && { Authorization: authorization }),
      ...changes.headers,
    }
    const given = Object.entries(headers).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    )
    return { method, headers: Object.fromEntries(given), body }
  }

  const send = (
    method: string,
    target: string,
    content?: object | string,
    changes: Changes = {},
  ): Promise<V3Reply> =>
    sendRaw(`${simulator.url}${target}`, requestOf(method, target, content, changes))

  return {
    send,
    requestOf,
    authorize,
    get: (target: string, changes?: Changes) => send('GET', target, undefined, changes),
    post: (target: string, content: object | string, changes?: Changes) =>
      send('POST', target, content, changes),
    place: (changes: object = {}) => send('POST', JSAPI, orderBody(changes)),
    /** What the client hands to the cashier. */
    payParameters(prepayId: string) {
      const parameters = {
        timeStamp: '1700000000',
        nonceStr: 'nonce',
        package: `prepay_id=${prepayId}`,
      }
      const key = createPrivateKey(merchantKey)
      const signature = paySign({ appId: ACCOUNT.appid, ...parameters }, key)
      return { ...parameters, signType: 'RSA', paySign: signature }
    },
  }
}

/** Who has no public key names none. */
const serialToName = ({ keys, v3 }: KnownPlatform) =>
  keys.mode() === 'certificate' ? undefined : v3().publicKeyId

/** How long a test waits for a fact: as long as a slow machine may take. */
export const WITHIN = { timeout: 10_000 }

export const JSAPI = '/v3/pay/transactions/jsapi'
export const REFUNDS = '/v3/refund/domestic/refunds'

/** Sends it as it is. */
export async function sendRaw(
  url: string,
  { method, headers, body }: { method: string; headers: Record<string, string>; body: string },
): Promise<V3Reply> {
  const { promise, resolve, reject } = Promise.withResolvers<V3Reply>()
  const call = request(url, { method, agent: false, headers })
  call.on('response', (response) => {
    const { statusCode: status = 0, headers: answered } = response
    const hint = answered['sim-hint']
    text(response).then((answer) => {
      resolve({
        status,
        headers: answered,
        body: answer,
        hint: typeof hint === 'string' ? decodeURIComponent(hint) : null,
      })
    }, reject)
  })
  call.on('error', reject).end(body)
  return promise
}

export const fieldsOf = ({ body }: { readonly body: string }) =>
  JSON.parse(body) as Record<string, unknown>

/** What `verify` says of an answer or a notification, with the keys of this moment. */
export function verdictOf(
  simulator: Simulator,
  message: { readonly headers: IncomingHttpHeaders; readonly body: string },
) {
  const keys = new Map(simulator.keys.list().map(({ id, key }) => [id, key]))
  return verify(message, (id) => keys.get(id), simulator.platform.stampNow())
}

/** All of what a v3 order says, unless changed. */
export function orderBody(changes: object = {}) {
  return {
    appid: ACCOUNT.appid,
    mchid: ACCOUNT.mchid,
    description: '打赏',
    out_trade_no: 'order-0001',
    notify_url: 'http://127.0.0.1:9999/notify',
    amount: { total: 500, currency: 'CNY' },
    ...changes,
  }
}

/** A refund of all of `orderBody`. */
export function refundBody(changes: object = {}) {
  return {
    out_trade_no: 'order-0001',
    out_refund_no: 'refund-0001',
    amount: { refund: 500, total: 500, currency: 'CNY' },
    ...changes,
  }
}

export interface Told {
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** A notify address that keeps what it is told, and answers as it is told to. */
export async function createV3Inbox() {
  const inbox = { received: [] as Told[], statuses: [204] }
  const server = createServer((incoming, response) => {
    void text(incoming).then((body) => {
      inbox.received.push({ headers: incoming.headers, body })
      const [status = 204, ...rest] = inbox.statuses
      if (rest.length > 0) inbox.statuses = rest
      response.writeHead(status).end()
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
export type V3Inbox = Awaited<ReturnType<typeof createV3Inbox>>

/** What is in the `resource` of a notification. */
export function openResource({ body }: { readonly body: string }): Record<string, unknown> {
  const { resource } = JSON.parse(body) as {
    resource: { ciphertext: string; nonce: string; associated_data: string }
  }
  const { ciphertext, nonce, associated_data: associatedData } = resource
  const opened = unseal({ ciphertext, nonce, associatedData }, Buffer.from(ACCOUNT.v3Key))
  return JSON.parse(opened.toString()) as Record<string, unknown>
}

const secondsOf = (at: Date) => String(Math.floor(at.getTime() / 1000))
