import { randomBytes } from 'node:crypto'
import type { Outcome, Simulator } from '@dashang/simulator'
import { OPERATOR } from '../support/config.ts'
import { forgedMessage } from './forge.ts'
import type { Servers } from './servers.ts'
import type { KeyChange, PlayedTip, Script, Step } from './steps.ts'

export interface Stage {
  readonly simulator: Simulator
  readonly servers: Servers
}

/** Plays a script to its end, faults and all; answers the tips that it was about. */
export async function play(
  stage: Stage,
  { channels: [channel], keyMode, tips, steps }: Script,
): Promise<PlayedTip[]> {
  const { keys } = stage.simulator
  keys.reset()
  keys.setMode(keyMode)
  if (keyMode === 'migration') keys.setShares({ publicKeyPercent: 50 })
  await stage.servers.begin({ channel, keyMode })
  const played = tips.map((tip) => ({ ...tip, orderId: randomBytes(16).toString('hex') }))
  const tokens = new Map<string, string>()
  for (const { user } of played) tokens.set(user, await logIn(stage, user))
  const actors = { ...stage, tips: played, tokens }
  for (const step of steps) await act(actors, step)
  return played
}

interface Actors extends Stage {
  readonly tips: readonly PlayedTip[]
  readonly tokens: ReadonlyMap<string, string>
}

async function act(actors: Actors, step: Step): Promise<void> {
  const { simulator, servers } = actors
  switch (step.do) {
    case 'tap':
      return tap(actors, step)
    case 'tap_twice':
      await Promise.all([tap(actors, step), tap(actors, { ...step, at: 1 - step.at })])
      return
    case 'confirm':
      return confirm(actors, step)
    case 'tip':
      await tap(actors, step)
      pay(actors, step)
      return
    case 'cashier':
      pay(actors, step)
      return
    case 'fault':
      simulator.faults.add(step.rule)
      return
    case 'clock':
      return simulator.clock.advance(step.seconds * 1000)
    case 'jobs':
      await servers.runDueJobs(step.at)
      return
    case 'forge':
      return forge(actors, step)
    case 'refund':
      return refund(actors, tipOf(actors, step.tip), step.percent)
    case 'forget':
      forget(simulator, tipOf(actors, step.tip))
      return
    case 'restart':
      return servers.restart(step.at)
    case 'switch':
      return servers.restart(step.at, 'v3')
    case 'keys':
      return changeKeys(simulator, step.change)
  }
}

function forget({ platform }: Simulator, { orderId }: PlayedTip): void {
  const isPaid = (platform.orders.get(orderId)?.transactions.length ?? 0) > 0
  if (!isPaid) platform.orders.delete(orderId)
}

async function changeKeys({ keys }: Simulator, change: KeyChange): Promise<void> {
  if (change === 'rotate') await keys.rotate('certificate')
  if (change === 'overlap') keys.setShares({ overlapPercent: 50 })
  const [, before] = keys.list().filter(({ kind }) => kind === 'certificate')
  if (change === 'revoke' && before) keys.revoke(before.id)
}

function tipOf({ tips }: Actors, index: number): PlayedTip {
  const tip = tips[index]
  if (tip === undefined) throw new Error(`the script has no tip ${index}`)
  return tip
}

async function tap(actors: Actors, { tip: index, at }: { tip: number; at: number }): Promise<void> {
  const { orderId, amountFen, user } = tipOf(actors, index)
  await post(actors, at, '/api/prepay', { orderId, amountFen }, actors.tokens.get(user))
}

/** Pays at once, if the order came so far; what becomes of it is for the next steps to show. */
function pay(actors: Actors, { tip: index, outcome }: { tip: number; outcome: Outcome }): void {
  const { orderId } = tipOf(actors, index)
  if (actors.simulator.order(orderId)) actors.simulator.pay(orderId, outcome)
}

async function confirm(
  actors: Actors,
  { tip: index, at }: { tip: number; at: number },
): Promise<void> {
  const { orderId, user } = tipOf(actors, index)
  await post(actors, at, `/api/orders/${orderId}/confirm`, null, actors.tokens.get(user))
}

/** Whole percents of the tip, also more than there is, which has to be refused. */
async function refund(actors: Actors, tip: PlayedTip, percent: number): Promise<void> {
  const amountFen = Math.max(1, Math.trunc((tip.amountFen * percent) / 100))
  const body = { refundId: randomBytes(16).toString('hex'), amountFen, reason: '退款' }
  await post(actors, 0, `/api/admin/orders/${tip.orderId}/refunds`, body, OPERATOR.token)
}

async function forge(actors: Actors, step: Extract<Step, { do: 'forge' }>): Promise<void> {
  const { simulator, servers } = actors
  const { path, body, headers } = forgedMessage(simulator, tipOf(actors, step.tip), step)
  const response = await fetch(servers.url(0) + path, { method: 'POST', body, headers })
  if (response.ok) throw new Error(`a forged notification was acknowledged: ${step.how}`)
}

async function logIn(stage: Stage, user: string): Promise<string> {
  const { code } = stage.simulator.login(user)
  return String((await post(stage, 0, '/api/login', { code }))['token'])
}

async function post(
  { servers }: Stage,
  at: number,
  path: string,
  body: object | null,
  token?: string,
): Promise<Record<string, unknown>> {
  const response = await fetch(servers.url(at) + path, {
    method: 'POST',
    headers: {
      ...(body && { 'content-type': 'application/json' }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    ...(body && { body: JSON.stringify(body) }),
  })
  return (await response.json()) as Record<string, unknown>
}
