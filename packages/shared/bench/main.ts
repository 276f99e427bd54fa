import { Bench } from 'tinybench'
import type { Pair } from './pair.ts'
import { V2_PAIRS } from './v2.ts'
import { V3_PAIRS } from './v3.ts'

const TIMES = { time: 200, warmupTime: 50 } as const

const perSecond = (rate: number) => Math.round(rate).toLocaleString('en').padStart(9)

console.log('Operations per second on one core: ours, bare node:crypto, ours as a share of it')
const pairs: Readonly<Record<string, Pair>> = { ...V2_PAIRS, ...V3_PAIRS }
for (const [name, pair] of Object.entries(pairs)) {
  const [ours, bare] = [await rateOf(pair.ours), await rateOf(pair.bare)]
  const share = `${Math.round((ours / bare) * 100)} %`
  console.log(
    `  ${name.padEnd(48)}${perSecond(ours)} /s${perSecond(bare)} /s  ${share.padStart(5)}`,
  )
}

/** The median, which a pause of the machine does not move; what fails is not measured. */
async function rateOf(work: () => unknown): Promise<number> {
  const bench = new Bench({ ...TIMES, throws: true }).add('work', work)
  const [task] = await bench.run()
  if (task?.result.state !== 'completed') throw new Error('the work was not measured')
  return task.result.throughput.p50
}
