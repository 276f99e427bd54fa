import { randomBytes } from 'node:crypto'
import { formatBeijingTime } from '@dashang/shared/signing/beijing-time'
import { signed } from '@dashang/shared/signing/v2'
import { writeXml } from '@dashang/shared/signing/xml'
import type { Requests } from './load.ts'
import { NOTIFY_PATH, PREPAY_PATH, SIGNING_KEY, WORLD } from './world.ts'

export function newOrderIds(count: number): string[] {
  return Array.from({ length: count }, () => randomBytes(16).toString('hex'))
}

export function prepays(orderIds: string[], token: string, creator?: string): Requests {
  return {
    path: PREPAY_PATH,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    bodies: orderIds.map((orderId) =>
      JSON.stringify({ orderId, amountFen: WORLD.amountFen, creator }),
    ),
  }
}

/** What WeChat tells of the payment of each. */
export function notifications(orderIds: string[], openid: string): Requests {
  const common = {
    return_code: 'SUCCESS',
    result_code: 'SUCCESS',
    appid: WORLD.appid,
    mch_id: WORLD.mchid,
    openid,
    total_fee: String(WORLD.amountFen),
    fee_type: 'CNY',
    time_end: formatBeijingTime(new Date()),
  }
  const bodies = orderIds.map((out_trade_no) =>
    writeXml(
      signed({ ...common, out_trade_no, transaction_id: out_trade_no.slice(4) }, SIGNING_KEY),
    ),
  )
  return { path: NOTIFY_PATH, headers: { 'content-type': 'text/xml' }, bodies }
}

/** Answers the token of the one who tips. */
export async function logIn(url: string, simulatorUrl: string): Promise<string> {
  const post = async (address: string, body: object) => {
    const response = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return (await response.json()) as Record<string, string>
  }
  const { code = '' } = await post(`${simulatorUrl}/_sim/codes`, { user: 'bench' })
  return (await post(`${url}/api/login`, { code }))['token'] ?? ''
}
