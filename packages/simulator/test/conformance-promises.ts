import { describe, expect, it } from 'vitest'
import type { Channel } from '../src/conformance/check.ts'
import { hasFailed } from '../src/conformance/report.ts'
import { check, checksOf, idsOf } from './conformance-support.ts'
import { flawsOf, type Flaw } from './somebodys-flaws.ts'

/** Only what finds the flaw, and a check that the server passes for all that. */
function runFor(flaw: Flaw, ids: readonly string[]) {
  const closesAtOnce = ids.includes('late_payment')
  const control = closesAtOnce ? [] : ['good_notification']
  return { flaws: [flaw], only: [...control, ...ids], closesAtOnce, patienceMs: 1000 }
}

/** What holds of the checks of each channel. */
export function promisesOf(channel: Channel): void {
  const checks = checksOf(channel).filter((id) => id !== 'late_payment')

  describe('a server without a flaw', { timeout: 180_000 }, () => {
    it('passes every check', async () => {
      const report = await check({ channel, only: checks })
      expect(report.channel).toBe(channel)
      expect(report.results.filter(({ outcome }) => outcome !== 'passed')).toEqual([])
      expect(idsOf(report, 'passed')).toEqual([...checks].sort())
      expect(hasFailed(report)).toBe(false)
    })

    it('passes the check of a payment after the close', async () => {
      const report = await check({ channel, only: ['late_payment'], closesAtOnce: true })
      expect(report.results).toMatchObject([{ id: 'late_payment', outcome: 'passed' }])
    })

    it('is not blamed for what it was not asked to do', async () => {
      const report = await check({ channel, only: ['late_payment'], patienceMs: 100 })
      expect(report.results).toMatchObject([{ id: 'late_payment', outcome: 'skipped' }])
    })
  })

  describe('a server with one flaw', { timeout: 180_000 }, () => {
    it.concurrent.each(flawsOf(channel))('that %s fails exactly %j', async (flaw, ids) => {
      const report = await check({ channel, ...runFor(flaw, ids) })
      expect(idsOf(report, 'failed'), JSON.stringify(report)).toEqual([...ids].sort())
    })
  })

  it('each check has a flaw that it is there for', () => {
    const found = new Set(flawsOf(channel).flatMap(([, ids]) => ids))
    expect(checksOf(channel).filter((id) => !found.has(id))).toEqual([])
  })
}
