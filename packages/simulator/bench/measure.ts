import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { signed } from '@dashang/shared/signing/v2'
import { writeXml } from '@dashang/shared/signing/xml'
import { Pool } from 'undici'
import type { Account } from '../src/simulator.ts'

const CONNECTIONS = 16
const WARM_UP = 300
const ORDERS = 2000

const ACCOUNT: Account = {
  appid: 'wx0123456789abcdef',
  appSecret: 'bench-app-secret',
  mchid: '1900000001',
  merchantName: '打赏小店',
  v2Key: 'bench-v2-key-bench-v2-key-bench0',
  v3Key: 'bench-v3-key-bench-v3-key-bench0',
}

export interface SimulatorSpeed {
  readonly ordersPerSecond: number
  readonly notificationsPerSecond: number
}

/** The platform in a process of its own, over sockets: orders placed, and notifications accepted. */
export async function measureSimulator(): Promise<SimulatorSpeed> {
  const child = fork(new URL('subjects/simulator.ts', import.meta.url), [JSON.stringify(ACCOUNT)])
  const [started] = (await once(child, 'message')) as [{ url: string; openid: string }]
  const inbox = await openInbox()
  try {
    const subject = { ...started, child, inbox }
    await measureRound(subject, 'warm', WARM_UP)
    return await measureRound(subject, 'order', ORDERS)
  } finally {
    child.disconnect()
    await once(child, 'exit')
    inbox.close()
  }
}

interface Subject {
  readonly url: string
  readonly openid: string
  readonly child: ChildProcess
  readonly inbox: Awaited<ReturnType<typeof openInbox>>
}

async function measureRound(
  { url, openid, child, inbox }: Subject,
  prefix: string,
  count: number,
): Promise<SimulatorSpeed> {
  const numbers = Array.from({ length: count }, (_, i) => `${prefix}-${String(i)}`)
  const bodies = numbers.map((out_trade_no) => orderXml({ out_trade_no, openid, url: inbox.url }))
  const ordersPerSecond = await perSecond(count, () => placeAll(url, bodies))
  const notificationsPerSecond = await perSecond(count, async () => {
    const arrived = inbox.waitFor(count)
    child.send({ pay: numbers })
    await arrived
  })
  return { ordersPerSecond, notificationsPerSecond }
}

async function perSecond(count: number, work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return Math.round((count * 1000) / (performance.now() - startedAt))
}

async function placeAll(url: string, bodies: readonly string[]): Promise<void> {
  const pool = new Pool(url, { connections: CONNECTIONS })
  let next = 0
  async function work(): Promise<void> {
    for (let body = bodies[next++]; body !== undefined; body = bodies[next++]) {
      const response = await pool.request({ path: '/pay/unifiedorder', method: 'POST', body })
      const answer = await response.body.text()
      if (!answer.includes('prepay_id')) throw new Error(`not placed: ${answer}`)
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, work))
  await pool.close()
}

function orderXml(order: { out_trade_no: string; openid: string; url: string }): string {
  const { out_trade_no, openid, url: notify_url } = order
  const fields = {
    appid: ACCOUNT.appid,
    mch_id: ACCOUNT.mchid,
    nonce_str: out_trade_no,
    sign_type: 'HMAC-SHA256',
    body: '打赏',
    out_trade_no,
    total_fee: '500',
    spbill_create_ip: '127.0.0.1',
    notify_url,
    trade_type: 'JSAPI',
    openid,
  }
  return writeXml(signed(fields, { key: ACCOUNT.v2Key, signType: 'HMAC-SHA256' }))
}

/** A merchant that only counts and accepts. */
async function openInbox() {
  const accepted = writeXml({ return_code: 'SUCCESS', return_msg: 'OK' })
  let missing = 0
  let done = () => undefined as unknown
  const server = createServer((request, response) => {
    request.resume().once('end', () => {
      response.end(accepted)
      if (--missing === 0) done()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/notify`,
    waitFor(count: number): Promise<void> {
      missing = count
      return new Promise((resolve) => {
        done = resolve
      })
    },
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
