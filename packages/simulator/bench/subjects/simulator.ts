import { startSimulator, type Account } from '../../src/simulator.ts'

/** What the parent asks for: that somebody pays all of these. */
interface PayAll {
  readonly pay: readonly string[]
}

const simulator = await startSimulator({ account: JSON.parse(process.argv[2] ?? '{}') as Account })
process.on('message', ({ pay }: PayAll) => {
  for (const outTradeNo of pay) simulator.pay(outTradeNo)
})
process.once('disconnect', () => void simulator.close())
process.send?.({ url: simulator.url, openid: simulator.login('bench').openid })
