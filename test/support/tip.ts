import { randomBytes } from 'node:crypto'
import { OPERATOR_TOKEN, type System } from './system.ts'

interface Tip {
  readonly user?: string
  readonly creator?: string
  readonly amountFen?: number
  readonly isPaid?: boolean
  readonly displayName?: string
  readonly message?: string
  readonly isAnonymous?: boolean
}

/** A tip, of ¥5 and paid unless told otherwise, that was given without a page; answers its order id. */
export async function giveTip({ server, simulator }: System, tip: Tip = {}): Promise<string> {
  const { user = 'alice', isPaid = true, amountFen = 500, ...words } = tip
  const { code } = simulator.login(user)
  const { token = '' } = await post(`${server.url}/api/login`, { code })
  const orderId = randomBytes(16).toString('hex')
  await post(`${server.url}/api/prepay`, { orderId, amountFen, ...words }, token)
  if (isPaid) simulator.pay(orderId)
  return orderId
}

export async function makeCreator({ server }: System, creator: object): Promise<void> {
  await post(`${server.url}/api/admin/creators`, creator, OPERATOR_TOKEN)
}

export async function retireCreator({ server }: System, slug: string): Promise<void> {
  await post(`${server.url}/api/admin/creators/${slug}/retire`, {}, OPERATOR_TOKEN)
}

export async function hideMessage({ server }: System, orderId: string): Promise<void> {
  const url = `${server.url}/api/admin/messages/${orderId}/hide`
  await post(url, { reason: '试一试' }, OPERATOR_TOKEN)
}

async function post(
  url: string,
  body: object,
  token = '',
): Promise<Partial<Record<string, string>>> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`${url} answered ${String(response.status)}`)
  return (await response.json()) as Partial<Record<string, string>>
}
