import { expect, it } from 'vitest'
import { promisesOf } from './conformance-promises.ts'
import { check, idsOf } from './conformance-support.ts'

promisesOf('v3')

const UNTOLD = { channel: 'v3', flaws: ['names no address for refund notices'] } as const

it('a server that is told of no refund is judged by what it asks', async () => {
  const report = await check({ ...UNTOLD, only: ['refund_unheard', 'refund_notice'] })
  expect(idsOf(report, 'passed')).toEqual(['refund_unheard'])
  expect(report.results).toContainEqual(
    expect.objectContaining({
      id: 'refund_notice',
      outcome: 'skipped',
      detail: 'the refund names no notify_url, and --refund-notify-url was not given',
    }),
  )
})

it('a notice that comes as of API v2 has no signature to forge', async () => {
  const refundNotifyUrl = 'http://127.0.0.1:9/console'
  const report = await check({ ...UNTOLD, refundNotifyUrl, only: ['v3_refund_unsigned'] })
  expect(report.results).toMatchObject([
    { outcome: 'skipped', detail: expect.stringContaining('it is told as of API v2') as string },
  ])
})

it('a merchant without certificates is not asked to turn them', async () => {
  const only = ['v3_migration', 'v3_new_certificate', 'v3_certificate_before']
  const report = await check({ channel: 'v3', keyMode: 'public_key', only })
  expect(idsOf(report, 'skipped')).toEqual([...only].sort())
})
