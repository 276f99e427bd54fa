import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { isSignedBy, sign, type Fields } from '@dashang/shared/signing/v2'
import { parseXml, writeXml } from '@dashang/shared/signing/xml'
import type { Simulator } from '../src/simulator.ts'
import { ACCOUNT } from './account.ts'
import { createMerchant, orderFields } from './merchant.ts'

/** What the people who wrote this server may have overlooked. */
export type Flaw =
  | 'reads by pattern'
  | 'checks no signature'
  | 'checks a signature if there is one'
  | 'takes any amount'
  | 'takes any appid'
  | 'takes any merchant'
  | 'takes any currency'
  | 'believes return_code'
  | 'refuses copies'
  | 'fails when two come at once'
  | 'refuses a second payment'
  | 'answers SUCCESS without XML'
  | 'answers late'
  | 'fetches entities'
  | 'falls over entities'
  | 'never asks WeChat'
  | 'believes the phone'
  | 'signs with the wrong type'
  | 'places yuan'
  | 'places a new order for a repeat'
  | 'is paid when placed'
  | 'drops what it does not know'
  | 'refuses late payments'

interface Known {
  readonly outTradeNo: string
  readonly amount: string
  state: 'new' | 'paid' | 'closed'
  transactionId: string
}

const LATE_MS = 5200
const POLL_MS = 100

/** A server as anybody could have written it: right, but for its flaws. */
export async function startSomebodysServer(
  simulator: Pick<Simulator, 'url' | 'tlsUrl' | 'certificates'>,
  { flaws = [], closesAtOnce = false }: { flaws?: readonly Flaw[]; closesAtOnce?: boolean } = {},
) {
  const has = (flaw: Flaw) => flaws.includes(flaw)
  const merchant = createMerchant(simulator, 'HMAC-SHA256')
  const orders = new Map<string, Known>()
  const stopped = new AbortController()
  let busy = 0
  let url = ''

  async function place({ orderId, openid, fen }: Record<string, string>) {
    const number = has('places a new order for a repeat') ? crypto.randomUUID() : (orderId ?? '')
    const outTradeNo = number.replaceAll('-', '')
    const amount = has('places yuan') ? String(Math.ceil(Number(fen) / 100)) : (fen ?? '')
    const changes = { out_trade_no: outTradeNo, total_fee: amount, notify_url: `${url}/notify` }
    const { fields } = await merchant.send('unifiedorder', orderFields(openid ?? '', changes))
    const state = has('is paid when placed') ? 'paid' : 'new'
    orders.set(orderId ?? '', { outTradeNo, amount, state, transactionId: '' })
    if (closesAtOnce) await close(orderId ?? '')
    const parameters = {
      timeStamp: '1700000000',
      nonceStr: 'nonce',
      package: `prepay_id=${fields['prepay_id'] ?? ''}`,
      signType: 'HMAC-SHA256',
    }
    const signType = has('signs with the wrong type') ? 'MD5' : 'HMAC-SHA256'
    const fieldsToSign = { appId: ACCOUNT.appid, ...parameters }
    const paySign = sign(fieldsToSign, { key: ACCOUNT.v2Key, signType })
    return { data: { pay: { ...parameters, paySign } } }
  }

  async function close(orderId: string): Promise<void> {
    const order = orders.get(orderId)
    if (order === undefined) return
    await merchant.send('closeorder', { out_trade_no: order.outTradeNo })
    order.state = 'closed'
  }

  async function ask(order: Known): Promise<void> {
    if (has('never asks WeChat')) return
    const { fields } = await merchant.send('orderquery', { out_trade_no: order.outTradeNo })
    if (fields['trade_state'] === 'SUCCESS') order.state = 'paid'
  }

  async function confirm(orderId: string) {
    const order = orders.get(orderId)
    if (order && has('believes the phone')) order.state = 'paid'
    if (order) await ask(order)
    return {}
  }

  function read(body: string): Fields {
    if (!has('reads by pattern')) return parseXml(body)
    const found = body.matchAll(/<(\w+)>(?:<!\[CDATA\[)?([^<\]]*)/g)
    return Object.fromEntries([...found].map(([, name = '', value = '']) => [name, value]))
  }

  function isAuthentic(fields: Fields): boolean {
    if (has('checks no signature')) return true
    if (has('checks a signature if there is one') && !fields['sign']) return true
    return isSignedBy(fields, { key: ACCOUNT.v2Key, signType: 'HMAC-SHA256' })
  }

  function fits(fields: Fields, order: Known): boolean {
    return (
      (has('takes any appid') || fields['appid'] === ACCOUNT.appid) &&
      (has('takes any merchant') || fields['mch_id'] === ACCOUNT.mchid) &&
      (has('takes any currency') || fields['fee_type'] === 'CNY') &&
      (has('takes any amount') || fields['total_fee'] === order.amount) &&
      (has('believes return_code') || fields['result_code'] === 'SUCCESS')
    )
  }

  async function notify(body: string): Promise<string> {
    if (has('fetches entities')) {
      for (const [, address = ''] of body.matchAll(/SYSTEM "([^"]+)"/g)) await fetch(address)
    }
    if (has('falls over entities') && body.includes('<!ENTITY f')) throw new Error('hang up')
    const fields = read(body)
    if (!isAuthentic(fields)) throw new Error('not authentic')
    if (has('fails when two come at once') && busy > 1) throw new Error('a lock')
    await pause(5)
    const found = [...orders.values()].find((one) => one.outTradeNo === fields['out_trade_no'])
    const order = found ?? { outTradeNo: '', amount: '', state: 'new', transactionId: '' }
    if (found === undefined && has('drops what it does not know')) throw new Error('hang up')
    const transactionId = fields['transaction_id'] ?? ''
    if (order.transactionId === transactionId && has('refuses copies')) throw new Error('a copy')
    const isSecond = order.transactionId !== '' && order.transactionId !== transactionId
    if (isSecond && has('refuses a second payment')) throw new Error('paid already')
    if (order.state === 'closed' && has('refuses late payments')) throw new Error('closed')
    if (fits(fields, order)) Object.assign(order, { state: 'paid', transactionId })
    if (has('answers late')) await pause(LATE_MS, undefined, { signal: stopped.signal })
    if (has('answers SUCCESS without XML')) return 'SUCCESS'
    return writeXml({ return_code: 'SUCCESS', return_msg: 'OK' })
  }

  async function answer(request: IncomingMessage): Promise<string> {
    const body = await text(request)
    const [, room = '', id = ''] = (request.url ?? '').split('/')
    if (room === 'notify') return notify(body)
    if (room === 'confirm') return JSON.stringify(await confirm(id))
    if (room === 'orders' && request.method === 'GET') {
      return JSON.stringify({ data: { status: orders.get(id)?.state } })
    }
    return JSON.stringify(await place(JSON.parse(body) as Record<string, string>))
  }

  const server = createServer((request, response) => {
    busy += 1
    answer(request)
      .catch((error: unknown) => {
        if (error instanceof Error && error.message === 'hang up') request.socket.destroy()
        response.statusCode = 400
        return writeXml({ return_code: 'FAIL', return_msg: 'no' })
      })
      .then((said) => response.end(said))
      .finally(() => (busy -= 1))
      .catch(() => undefined)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  void poll()

  async function poll(): Promise<void> {
    while (!stopped.signal.aborted) {
      // The platform may have gone home first.
      for (const order of orders.values()) {
        if (order.state === 'new') await ask(order).catch(() => undefined)
      }
      await pause(POLL_MS)
    }
  }

  return {
    url,
    close: () => {
      stopped.abort()
      server.closeAllConnections()
      return new Promise((resolve) => server.close(resolve))
    },
  }
}
