import { randomBytes } from 'node:crypto'
import type { Simulator } from '@dashang/simulator'
import type { ChannelName } from '../../src/wechat/channel-names.ts'
import type { Order } from './child.ts'
import type { ServerProcess } from './server-process.ts'

/** What a scenario works with: WeChat here, the server in its process, and a person. */
export interface Stage {
  readonly simulator: Simulator
  /** What new orders are placed by. */
  readonly channel: ChannelName
  readonly url: string
  readonly operatorToken: string
  /** The server of the moment; another one after each kill. */
  server(): ServerProcess
}

export interface Reply {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
}

export const newId = () => randomBytes(16).toString('hex')

/** One request; `null` when the server died over it. */
export async function ask(
  { url }: Stage,
  method: 'GET' | 'POST',
  path: string,
  options: { token?: string; body?: object } = {},
): Promise<Reply | null> {
  const { token, body } = options
  try {
    const response = await fetch(url + path, {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    })
    return { status: response.status, body: (await response.json()) as Reply['body'] }
  } catch {
    return null
  }
}

export async function logIn(stage: Stage): Promise<string> {
  const { code } = stage.simulator.login('alice')
  const reply = await ask(stage, 'POST', '/api/login', { body: { code } })
  return String(reply?.body['token'])
}

export const prepay = (stage: Stage, token: string, orderId: string) =>
  ask(stage, 'POST', '/api/prepay', { token, body: { orderId, amountFen: 500 } })

/** Time passes for both sides. */
export async function advance(stage: Stage, seconds: number): Promise<void> {
  await stage.simulator.clock.advance(seconds * 1000)
  await tell(stage, { kind: 'advance', ms: seconds * 1000 })
}

export const tell = (stage: Stage, order: Order) => stage.server().tell(order)
