import { startSimulator } from '@dashang/simulator'
import { sayReady, WORLD } from '../world.ts'

const simulator = await startSimulator({ account: WORLD })
sayReady({ url: simulator.url, openid: simulator.login('bench').openid })
