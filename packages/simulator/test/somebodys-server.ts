import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { formatBeijingDateTime } from '@dashang/shared/signing/beijing-time'
import { ACCOUNT } from './account.ts'
import { compareBill } from './somebodys-bills.ts'
import { HangUp, Shrug, type Answer, type Dialect, type ToldPayment } from './somebodys-dialect.ts'
import type { Flaw } from './somebodys-flaws.ts'
import { createRefunds } from './somebodys-refunds.ts'

interface Known {
  readonly outTradeNo: string
  readonly amount: string
  readonly openid: string
  state: 'new' | 'paid' | 'closed'
  transactionId: string
  paidOn: string
}

const NEW = { state: 'new', transactionId: '', paidOn: '' } as const
const NOBODYS: Known = { outTradeNo: '', amount: '', openid: '', ...NEW }
/** What the server wants of whoever refunds. */
export const OPERATOR = 'Bearer operator'
const LATE_MS = 5200
const POLL_MS = 100

interface Options {
  readonly dialect: Dialect
  readonly flaws?: readonly Flaw[]
  readonly closesAtOnce?: boolean
}

/** A server as anybody could have written it: right, but for its flaws. */
export async function startSomebodysServer({ dialect, flaws = [], closesAtOnce }: Options) {
  const has = (flaw: Flaw) => flaws.includes(flaw)
  const orders = new Map<string, Known>()
  const refunds = createRefunds(dialect, flaws)
  const stopped = new AbortController()
  let busy = 0
  let url = ''

  async function place({ orderId = '', openid = '', fen = '' }: Record<string, string>) {
    const repeated = has('places a new order for a repeat') ? crypto.randomUUID() : orderId
    const number = has('uses one number for all') ? 'the-one-number' : repeated
    const outTradeNo = number.replaceAll('-', '')
    const amount = has('places yuan') ? String(Math.ceil(Number(fen) / 100)) : fen
    const pay = await dialect.place({ outTradeNo, amount, openid, notifyUrl: `${url}/notify` })
    const state = has('is paid when placed') ? 'paid' : 'new'
    const order: Known = { outTradeNo, amount, openid, ...NEW, state }
    orders.set(orderId, order)
    if (closesAtOnce) {
      await dialect.close(outTradeNo)
      order.state = 'closed'
    }
    return { data: { pay } }
  }

  async function ask(order: Known): Promise<void> {
    if (has('never asks WeChat')) return
    if (await dialect.isPaid(order.outTradeNo)) order.state = 'paid'
  }

  async function confirm(orderId: string) {
    const order = orders.get(orderId)
    if (order && has('believes the phone')) order.state = 'paid'
    if (order) await ask(order)
    return {}
  }

  function fits(told: ToldPayment, order: Known): boolean {
    return (
      (has('takes any appid') || told.appid === ACCOUNT.appid) &&
      (has('takes any merchant') || told.mchid === ACCOUNT.mchid) &&
      (has('takes any currency') || told.currency === 'CNY') &&
      (has('takes any amount') || told.amount === order.amount) &&
      (has('takes any payer') || told.openid === order.openid) &&
      (has('takes any result') || told.isPaid)
    )
  }

  async function hear(told: ToldPayment): Promise<void> {
    if (has('fails when two come at once') && busy > 1) throw new Error('a lock')
    await pause(5)
    const found = [...orders.values()].find((one) => one.outTradeNo === told.outTradeNo)
    const order = found ?? { ...NOBODYS }
    if (found === undefined && has('drops what it does not know')) throw new HangUp()
    const { transactionId } = told
    const today = formatBeijingDateTime(new Date()).slice(0, 10)
    const paidOn = has('books by its own clock') ? today : told.paidOn
    if (order.transactionId === transactionId && has('refuses copies')) throw new Error('a copy')
    const isSecond = order.transactionId !== '' && order.transactionId !== transactionId
    if (isSecond && has('refuses a second payment')) throw new Error('paid already')
    if (order.state === 'closed' && has('refuses late payments')) throw new Error('closed')
    if (fits(told, order)) Object.assign(order, { state: 'paid', transactionId, paidOn })
    if (has('answers late')) await pause(LATE_MS, undefined, { signal: stopped.signal })
  }

  async function refund(request: IncomingMessage, body: string) {
    if (request.headers.authorization !== OPERATOR) throw new Error('not an operator')
    const asked = JSON.parse(body) as { orderId: string; refundId: string; fen: string }
    const order = orders.get(asked.orderId)
    if (order?.state !== 'paid') throw new Error('nothing was paid')
    return refunds.ask(order, asked, `${url}/refund-notify`)
  }

  async function notified(hearing: () => Promise<void>): Promise<Answer> {
    try {
      await hearing()
    } catch (error) {
      const isShrug = error instanceof Shrug || has('acknowledges before it reads')
      if (!isShrug) throw error
    }
    return dialect.success
  }

  async function answer(request: IncomingMessage): Promise<Answer> {
    const body = await text(request)
    const [, room = '', id = ''] = (request.url ?? '').split(/[/?]/)
    const received = { headers: request.headers, body }
    if (room === 'notify') {
      return notified(async () => hear(await dialect.readPayment(received)))
    }
    if (room === 'refund-notify') {
      return notified(async () => refunds.hear(await dialect.readRefund(received)))
    }
    if (room === 'refunds' && request.method === 'GET') {
      return json({ data: { status: refunds.stateOf(id) } })
    }
    if (room === 'bills') {
      const { day } = JSON.parse(body) as { day: string }
      const booked = [...orders.values()].filter(({ paidOn }) => paidOn === day)
      return json({ data: { status: await compareBill({ dialect, has }, day, booked) } })
    }
    if (room === 'refunds') return json(await refund(request, body))
    if (room === 'confirm') return json(await confirm(id))
    if (room === 'orders' && request.method === 'GET') {
      return json({ data: { status: orders.get(id)?.state } })
    }
    return json(await place(JSON.parse(body) as Record<string, string>))
  }

  const server = createServer((request, response) => {
    busy += 1
    answer(request)
      .catch((error: unknown) => {
        if (error instanceof HangUp) request.socket.destroy()
        return dialect.failure
      })
      .then(({ status, body }) => response.writeHead(status).end(body))
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
      await refunds.askWeChat().catch(() => undefined)
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

const json = (value: unknown): Answer => ({ status: 200, body: JSON.stringify(value) })
