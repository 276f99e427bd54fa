import { startSimulator } from '@dashang/simulator'
import fc from 'fast-check'
import { pino } from 'pino'
import type { OpenDatabase } from '../../src/db/database.ts'
import { createLedger } from '../../src/features/ledger/check.ts'
import type { ChannelName } from '../../src/wechat/channel-names.ts'
import { ACCOUNT } from '../support/config.ts'
import { brokenPromises, comeToRest } from './end.ts'
import { play } from './play.ts'
import { startServers } from './servers.ts'
import { script, type Script } from './steps.ts'

const SERVERS = 2

export interface SimulatedWorld {
  /** Plays the world of a seed to its end; answers what does not hold, which should be nothing. */
  playSeed(seed: number): Promise<string[]>
  /** What has happened in all worlds together. */
  count(): Promise<Record<'paidByV2' | 'paidByV3' | 'refunds' | 'cases', number>>
  close(): Promise<void>
}

/** The script of a seed: the same one each time. */
export function scriptOf(seed: number): Script {
  const [drawn] = fc.sample(script, { seed, numRuns: 1 })
  if (drawn === undefined) throw new Error('nothing was drawn')
  return drawn
}

/** WeChat, two servers and their database, in which one world after the other is played. */
export async function openWorld(database: OpenDatabase): Promise<SimulatedWorld> {
  const simulator = await startSimulator({ account: ACCOUNT })
  const servers = await startServers(simulator, database, SERVERS)
  const stage = { simulator, servers }
  const { db } = database
  const ledger = createLedger({ db, now: () => simulator.clock.now() })
  return {
    async playSeed(seed) {
      const tips = await play(stage, scriptOf(seed))
      await comeToRest(stage)
      const broken = await brokenPromises(stage, db, tips)
      const { findings } = await ledger.check(pino({ level: 'silent' }))
      return [...broken, ...findings.map((each) => Object.values(each).join(' '))]
    },
    async count() {
      const paidBy = (channel: ChannelName) => db.order.count({ where: { state: 'paid', channel } })
      return {
        paidByV2: await paidBy('v2'),
        paidByV3: await paidBy('v3'),
        refunds: await db.refund.count(),
        cases: await db.case.count(),
      }
    },
    async close() {
      await simulator.close()
      await servers.close()
      await database.close()
    },
  }
}
