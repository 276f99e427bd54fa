import { request as requestHttp, type IncomingHttpHeaders } from 'node:http'
import { request as requestHttps } from 'node:https'
import { formatBeijingTime } from '@dashang/shared/signing/beijing-time'
import type { FaultTarget } from '../src/fault-table.ts'
import type { Simulator } from '../src/simulator.ts'
import { ACCOUNT } from './account.ts'
import { createMerchant, orderFields, refundFields } from './merchant.ts'
import { createWeixinClient } from './weixin.ts'

/** What came back, to the last byte, and whether it was all that was announced. */
export interface RawAnswer {
  readonly status: number | null
  readonly headers: IncomingHttpHeaders
  readonly body: string
  readonly isWhole: boolean
  /** In how many pieces the body came. */
  readonly pieces: number
}

/** A call that goes well, ready to be made, and how one sees that it did its work. */
export interface CallTarget {
  readonly send: () => Promise<RawAnswer>
  /** `null` where the work leaves no trace. */
  readonly isDone: (() => boolean) | null
}

type Prepare = (simulator: Simulator) => Promise<CallTarget>

const DAY_MS = 24 * 3_600_000

async function place(simulator: Simulator) {
  const { openid } = simulator.login('alice')
  const merchant = createMerchant(simulator, 'HMAC-SHA256')
  await merchant.send('unifiedorder', orderFields(openid))
  return { openid, merchant }
}

async function placeAndPay(simulator: Simulator) {
  const placed = await place(simulator)
  simulator.faults.add({ on: 'notification', fault: 'drop' })
  simulator.pay('order-0001')
  return placed
}

const beijingDay = (at: Date) => formatBeijingTime(at).slice(0, 8)

const v2 = (simulator: Simulator, api: string, xml: string) => () =>
  exchange(`${simulator.url}/pay/${api}`, { method: 'POST', body: xml })

const v2Tls = (simulator: Simulator, path: string, xml: string) => () => {
  const { caCert: ca, merchantCert: cert, merchantKey: key } = simulator.certificates
  return exchange(`${simulator.tlsUrl}${path}`, {
    method: 'POST',
    body: xml,
    tls: { ca, cert, key },
  })
}

/** A call of the mini-program API with a fresh access_token. */
async function weixin(simulator: Simulator, path: string, body: object): Promise<CallTarget> {
  const token = await createWeixinClient(simulator).accessToken()
  const url = `${simulator.url}${path}?access_token=${token}`
  return {
    send: () => exchange(url, { method: 'POST', body: JSON.stringify(body) }),
    isDone: null,
  }
}

const credentials = `appid=${ACCOUNT.appid}&secret=${ACCOUNT.appSecret}`

/** Every call there is. */
export const CALL_TARGETS = {
  jscode2session: async (simulator) => {
    const { code } = simulator.login('alice')
    const path = `/sns/jscode2session?${credentials}&grant_type=authorization_code&js_code=${code}`
    return {
      send: () => exchange(`${simulator.url}${path}`, { method: 'GET' }),
      isDone: () => simulator.platform.codes.get(code)?.isUsed === true,
    }
  },
  token: async (simulator) => ({
    send: () =>
      exchange(`${simulator.url}/cgi-bin/token?${credentials}&grant_type=client_credential`, {
        method: 'GET',
      }),
    isDone: () => simulator.platform.miniProgram.tokens.size > 0,
  }),
  stable_token: async (simulator) => ({
    send: () =>
      exchange(`${simulator.url}/cgi-bin/stable_token`, {
        method: 'POST',
        body: JSON.stringify({
          appid: ACCOUNT.appid,
          secret: ACCOUNT.appSecret,
          grant_type: 'client_credential',
        }),
      }),
    isDone: () => simulator.platform.miniProgram.tokens.size > 0,
  }),
  checksession: async (simulator) => {
    const token = await createWeixinClient(simulator).accessToken()
    const url = `${simulator.url}/wxa/checksession?access_token=${token}&openid=o`
    return { send: () => exchange(url, { method: 'GET' }), isDone: null }
  },
  msg_sec_check: (simulator) => {
    const { openid } = simulator.login('alice')
    const body = { version: 2, scene: 1, openid, content: 'ok' }
    return weixin(simulator, '/wxa/msg_sec_check', body)
  },
  subscribe_send: (simulator) =>
    weixin(simulator, '/cgi-bin/message/subscribe/send', {
      touser: simulator.login('alice').openid,
      template_id: 't'.repeat(43),
      data: {},
    }),
  upload_shipping_info: async (simulator) => {
    const { openid } = await placeAndPay(simulator)
    await simulator.clock.advance(6000)
    const target = await weixin(simulator, '/wxa/sec/order/upload_shipping_info', {
      order_key: { order_number_type: 1, mchid: ACCOUNT.mchid, out_trade_no: 'order-0001' },
      logistics_type: 3,
      delivery_mode: 1,
      shipping_list: [{ item_desc: '打赏' }],
      upload_time: '2026-01-01T13:29:35.120+08:00',
      payer: { openid },
    })
    return { ...target, isDone: () => simulator.platform.miniProgram.shipments.size > 0 }
  },
  get_order: (simulator) =>
    weixin(simulator, '/wxa/sec/order/get_order', { transaction_id: 'unknown' }),
  is_trade_managed: (simulator) =>
    weixin(simulator, '/wxa/sec/order/is_trade_managed', { appid: ACCOUNT.appid }),
  is_trade_confirmed: (simulator) =>
    weixin(simulator, '/wxa/sec/order/is_trade_management_confirmation_completed', {
      appid: ACCOUNT.appid,
    }),
  unifiedorder: async (simulator) => {
    const { openid } = simulator.login('alice')
    const xml = createMerchant(simulator, 'HMAC-SHA256').xmlOf(orderFields(openid))
    return {
      send: v2(simulator, 'unifiedorder', xml),
      isDone: () => simulator.order('order-0001') !== undefined,
    }
  },
  orderquery: async (simulator) => {
    const { merchant } = await place(simulator)
    const xml = merchant.xmlOf({ out_trade_no: 'order-0001' })
    return { send: v2(simulator, 'orderquery', xml), isDone: null }
  },
  closeorder: async (simulator) => {
    const { merchant } = await place(simulator)
    const xml = merchant.xmlOf({ out_trade_no: 'order-0001' })
    return {
      send: v2(simulator, 'closeorder', xml),
      isDone: () => simulator.order('order-0001')?.state === 'CLOSED',
    }
  },
  refund: async (simulator) => {
    const { merchant } = await placeAndPay(simulator)
    return {
      send: v2Tls(simulator, '/secapi/pay/refund', merchant.xmlOf(refundFields())),
      isDone: () => simulator.refund('refund-0001') !== undefined,
    }
  },
  refundquery: async (simulator) => {
    const { merchant } = await placeAndPay(simulator)
    await merchant.refund(refundFields())
    const xml = merchant.xmlOf({ out_refund_no: 'refund-0001' })
    return { send: v2(simulator, 'refundquery', xml), isDone: null }
  },
  downloadbill: async (simulator) => {
    const { merchant } = await placeAndPay(simulator)
    await simulator.clock.advance(2 * DAY_MS)
    const day = simulator.order('order-0001')?.paidAt ?? new Date()
    const xml = merchant.xmlOf({ bill_date: beijingDay(day), bill_type: 'ALL' })
    return { send: v2(simulator, 'downloadbill', xml), isDone: null }
  },
  downloadfundflow: async (simulator) => {
    const { merchant } = await placeAndPay(simulator)
    await simulator.clock.advance(2 * DAY_MS)
    const day = simulator.order('order-0001')?.paidAt ?? new Date()
    const xml = merchant.xmlOf({ bill_date: beijingDay(day), account_type: 'Basic' })
    return { send: v2Tls(simulator, '/pay/downloadfundflow', xml), isDone: null }
  },
} as const satisfies Partial<Record<FaultTarget, Prepare>>

export type CallName = keyof typeof CALL_TARGETS

interface Exchange {
  readonly method: string
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly tls?: { readonly ca: string; readonly cert: string; readonly key: string }
}

/** One request over a connection of its own, however it ends. */
export async function exchange(
  url: string,
  { method, body, tls, headers: sent = {} }: Exchange,
): Promise<RawAnswer> {
  const { promise, resolve } = Promise.withResolvers<RawAnswer>()
  const chunks: Buffer[] = []
  let headers: IncomingHttpHeaders = {}
  const settle = (status: number | null, isWhole: boolean) => {
    const received = Buffer.concat(chunks).toString()
    resolve({ status, headers, body: received, isWhole, pieces: chunks.length })
  }
  const send = tls === undefined ? requestHttp : requestHttps
  const call = send(url, { method, agent: false, headers: sent, ...tls }, (response) => {
    const status = response.statusCode ?? null
    headers = response.headers
    response.on('data', (chunk: Buffer) => chunks.push(chunk))
    response.on('error', () => {
      settle(status, false)
    })
    response.on('end', () => {
      settle(status, response.complete)
    })
  })
  call.on('error', () => {
    settle(null, false)
  })
  call.end(body)
  return promise
}
