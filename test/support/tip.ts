import { randomBytes } from 'node:crypto'
import { OPERATOR_TOKEN, type System } from './system.ts'

interface Words {
  readonly displayName?: string
  readonly message?: string
  readonly isAnonymous?: boolean
}

/** A tip of ¥5 that was given and paid without a page; answers its order id. */
export async function giveTip({ server, simulator }: System, words: Words = {}): Promise<string> {
  const { code } = simulator.login('alice')
  const { token = '' } = await post(`${server.url}/api/login`, { code })
  const orderId = randomBytes(16).toString('hex')
  await post(`${server.url}/api/prepay`, { orderId, amountFen: 500, ...words }, token)
  simulator.pay(orderId)
  return orderId
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
