import type { FaultRule, Outcome, Simulator } from '@dashang/simulator'
import fc from 'fast-check'
import type { ChannelName } from '../../src/wechat/channel-names.ts'
import { faultOf } from './faults.ts'

/** What may happen in a simulated world, as plain data, so that a world can be told again. */
export type Step =
  | { readonly do: 'tap' | 'tap_twice' | 'confirm'; readonly tip: number; readonly at: number }
  | { readonly do: 'tip'; readonly tip: number; readonly at: number; readonly outcome: Outcome }
  | { readonly do: 'cashier'; readonly tip: number; readonly outcome: Outcome }
  | { readonly do: 'fault'; readonly rule: FaultRule }
  | { readonly do: 'clock'; readonly seconds: number }
  | { readonly do: 'jobs'; readonly at: number }
  | { readonly do: 'forge'; readonly tip: number; readonly by: ChannelName; readonly how: Forgery }
  | { readonly do: 'refund'; readonly tip: number; readonly percent: number }
  /** WeChat knows no more of an order that nobody has paid. */
  | { readonly do: 'forget'; readonly tip: number }
  | { readonly do: 'restart'; readonly at: number }
  /** A server comes back with API v3 for its new orders. */
  | { readonly do: 'switch'; readonly at: number }
  | { readonly do: 'keys'; readonly change: KeyChange }

export const FORGERIES = ['wrong_key', 'changed_amount', 'no_signature', 'not_a_message'] as const
export type Forgery = (typeof FORGERIES)[number]

/** To WeChat's certificates, of which the server is told nothing. */
export const KEY_CHANGES = ['rotate', 'overlap', 'revoke'] as const
export type KeyChange = (typeof KEY_CHANGES)[number]

export type KeyMode = Parameters<Simulator['keys']['setMode']>[0]

/** By which versions new orders are placed: from the start, and after a switch. */
const CHANNELS = {
  v2: ['v2'],
  v3: ['v3'],
  v2_to_v3: ['v2', 'v3'],
} as const satisfies Readonly<Record<string, readonly ChannelName[]>>

export interface Script {
  readonly channels: readonly [first: ChannelName, then?: ChannelName]
  /** How WeChat signs what it says by API v3. */
  readonly keyMode: KeyMode
  /** Each tip's user and amount, by its number. */
  readonly tips: readonly { readonly user: string; readonly amountFen: number }[]
  readonly steps: readonly Step[]
}

/** One tip of a script on its way. */
export interface PlayedTip {
  readonly orderId: string
  readonly amountFen: number
  readonly user: string
}

const TIPS = 4
const SERVERS = 2
const tip = fc.nat(TIPS - 1)
const at = fc.nat(SERVERS - 1)

const OUTCOMES: readonly Outcome[] = [
  'pay',
  'pay',
  'cancel',
  'fail',
  'vanish',
  'pay_and_report_fail',
  'pay_and_vanish',
  'pay_again',
]

const outcome = fc.constantFrom(...OUTCOMES)
const seconds = fc.constantFrom(1, 5, 15, 40, 90, 400, 2000, 8000)
const percent = fc.integer({ min: 1, max: 110 })
const how = fc.constantFrom(...FORGERIES)
const change = fc.constantFrom(...KEY_CHANGES)
const does = <Name extends Step['do']>(name: Name) => fc.constant(name)

interface Settings {
  readonly channels: readonly ChannelName[]
  readonly keyMode: KeyMode
}

function stepOf({ channels, keyMode }: Settings): fc.Arbitrary<Step> {
  const by = fc.constantFrom(...channels)
  const isSwitching = channels.length > 1
  const isRotating = channels.includes('v3') && keyMode !== 'public_key'
  return fc.oneof(
    { weight: 8, arbitrary: fc.record({ do: does('tip'), tip, at, outcome }) },
    { weight: 2, arbitrary: fc.record({ do: does('tap'), tip, at }) },
    { weight: 1, arbitrary: fc.record({ do: does('tap_twice'), tip, at }) },
    { weight: 2, arbitrary: fc.record({ do: does('confirm'), tip, at }) },
    { weight: 4, arbitrary: fc.record({ do: does('cashier'), tip, outcome }) },
    { weight: 7, arbitrary: fc.record({ do: does('fault'), rule: faultOf(channels) }) },
    { weight: 3, arbitrary: fc.record({ do: does('clock'), seconds }) },
    { weight: 3, arbitrary: fc.record({ do: does('jobs'), at }) },
    { weight: 1, arbitrary: fc.record({ do: does('forge'), tip, by, how }) },
    { weight: 2, arbitrary: fc.record({ do: does('refund'), tip, percent }) },
    { weight: 1, arbitrary: fc.record({ do: does('forget'), tip }) },
    { weight: 1, arbitrary: fc.record({ do: does('restart'), at }) },
    { weight: isSwitching ? 2 : 0, arbitrary: fc.record({ do: does('switch'), at }) },
    { weight: isRotating ? 2 : 0, arbitrary: fc.record({ do: does('keys'), change }) },
  )
}

const user = fc.constantFrom('alice', 'bob')
const amountFen = fc.integer({ min: 1, max: 50_000 })

/** A few tips of a few people and whatever comes between. */
export const script: fc.Arbitrary<Script> = fc
  .record({
    channels: fc.constantFrom(...Object.values(CHANNELS)),
    keyMode: fc.constantFrom<KeyMode>('public_key', 'certificate', 'migration'),
  })
  .chain((settings) =>
    fc.record({
      channels: fc.constant(settings.channels),
      keyMode: fc.constant(settings.keyMode),
      tips: fc.array(fc.record({ user, amountFen }), { minLength: TIPS, maxLength: TIPS }),
      steps: fc.array(stepOf(settings), { minLength: 12, maxLength: 40, size: 'max' }),
    }),
  )
