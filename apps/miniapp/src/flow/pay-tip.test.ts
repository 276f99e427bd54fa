import type { PaymentStatus } from '@dashang/shared/contracts/orders'
import { beforeEach, describe, expect, it } from 'vitest'
import type { ApiErrorCode } from './api-error'
import { PATIENCE_MS } from './endings'
import { checkTip, giveTip, payTip, resumeTip, tipOf, tipToRetry } from './pay-tip'
import { CONTENT, createTestWorld, failWith, TIP, type TestWorld } from './test-world'
import type { CashierOutcome, PendingTip } from './tip'
import type { TipEnding } from './tip-ending'
import { WATCH_MS, watchTip } from './watch-tip'

let world: TestWorld
beforeEach(() => {
  world = createTestWorld()
})

const pendingOf = (phone: CashierOutcome | null): PendingTip => ({
  tip: TIP,
  phone,
  openedAt: phone === null ? 0 : world.nowMs,
})

describe('payTip', () => {
  // The word of the phone against the word of WeChat, all of it.
  it.each<[CashierOutcome, PaymentStatus | 'offline', TipEnding]>([
    ['submitted', 'paid', 'paid'],
    ['submitted', 'not_paid', 'unconfirmed'],
    ['submitted', 'unknown', 'unconfirmed'],
    ['submitted', 'offline', 'unconfirmed'],
    ['cancelled', 'paid', 'paid'],
    ['cancelled', 'not_paid', 'cancelled'],
    ['cancelled', 'unknown', 'unconfirmed'],
    ['cancelled', 'offline', 'unconfirmed'],
    ['unknown', 'paid', 'paid'],
    ['unknown', 'not_paid', 'failed'],
    ['unknown', 'unknown', 'unconfirmed'],
    ['unknown', 'offline', 'unconfirmed'],
  ])('is, when the phone says %s and WeChat %s: %s', async (outcome, status, kind) => {
    world.outcome = outcome
    world.statuses = [status]
    expect((await payTip(world.services, TIP)).kind).toBe(kind)
  })

  it('asks until somebody says paid, and then no more', async () => {
    world.statuses = ['not_paid', 'unknown', 'paid']
    expect((await payTip(world.services, TIP)).kind).toBe('paid')
    expect(world.questions).toHaveLength(3)
  })

  it('stops asking after a few seconds', async () => {
    world.statuses = ['unknown']
    await payTip(world.services, TIP)
    expect(world.questions.length).toBeLessThanOrEqual(4)
    expect(world.waitedMs).toBeLessThanOrEqual(10_000)
  })

  it('remembers the tip before the cashier opens, and forgets it when it is paid', async () => {
    await payTip(world.services, TIP)
    expect(world.pendingAtCashier).toMatchObject({ tip: TIP, phone: 'unknown' })
    expect(world.pending).toBeNull()
  })

  it('treats a cashier that breaks as one that said nothing', async () => {
    const services = { ...world.services, openCashier: () => Promise.reject(new Error('broken')) }
    world.statuses = ['unknown']
    expect((await payTip(services, TIP)).kind).toBe('unconfirmed')
    expect(world.pending).toMatchObject({ tip: TIP, phone: 'unknown' })
  })
})

describe('a refusal before the cashier', () => {
  it.each<[ApiErrorCode, TipEnding, isForgotten: boolean]>([
    ['ORDER_PAID', 'already_paid', true],
    ['ORDER_CLOSED', 'closed', true],
    ['ORDER_EXPIRED', 'closed', true],
    ['ORDER_CONFLICT', 'closed', true],
    ['AMOUNT_NOT_ALLOWED', 'refused', true],
    ['MESSAGE_REFUSED', 'refused', true],
    ['MESSAGE_NOT_ALLOWED', 'refused', true],
    ['NAME_NOT_ALLOWED', 'refused', true],
    ['CREATOR_NOT_FOUND', 'unpayable', true],
    ['CREATOR_RETIRED', 'unpayable', true],
    ['WECHAT_REFUSED', 'unpayable', true],
    ['LOGIN_REFUSED', 'unpayable', true],
    ['INVALID_REQUEST', 'unpayable', true],
    ['WECHAT_TIMEOUT', 'busy', false],
    ['WECHAT_BUSY', 'busy', false],
    ['RATE_LIMITED', 'busy', false],
    ['INTERNAL', 'busy', false],
    ['DATABASE_BUSY', 'busy', false],
    ['OFFLINE', 'offline', false],
    // A code of a later server.
    ['CASE_SETTLED', 'failed', false],
  ])('%s is %s, and opens nothing', async (code, kind, isForgotten) => {
    world.prepay = failWith(code)
    expect(await payTip(world.services, TIP)).toEqual({ kind, tip: TIP, code })
    expect(world.cashiers).toBe(0)
    expect(world.pending === null).toBe(isForgotten)
  })

  it('does not promise that nothing was charged when an earlier try may have been', async () => {
    world.pending = pendingOf('unknown')
    world.prepay = failWith('OFFLINE')
    world.statuses = ['offline']
    expect((await payTip(world.services, TIP)).kind).toBe('unconfirmed')
    expect(world.pending).toEqual(pendingOf('unknown'))
  })

  it('finds out that the earlier try was paid', async () => {
    world.pending = pendingOf('submitted')
    world.prepay = failWith('ORDER_EXPIRED')
    expect((await payTip(world.services, TIP)).kind).toBe('paid')
  })

  it('says why when the earlier try was not paid either', async () => {
    world.pending = pendingOf('unknown')
    world.prepay = failWith('ORDER_EXPIRED')
    world.statuses = ['not_paid']
    expect((await payTip(world.services, TIP)).kind).toBe('closed')
    expect(world.pending).toBeNull()
  })
})

describe('the next try', () => {
  it('pays the same order', async () => {
    world.outcome = 'cancelled'
    world.statuses = ['not_paid']
    const result = await payTip(world.services, TIP)
    expect(tipToRetry(world.services, result)).toEqual(TIP)
    expect(tipOf(world.services, CONTENT)).toEqual(TIP)
  })

  it('is another order when that one is over', async () => {
    world.prepay = failWith('ORDER_EXPIRED')
    const result = await payTip(world.services, TIP)
    expect(tipToRetry(world.services, result).orderId).not.toBe(TIP.orderId)
    expect(tipOf(world.services, CONTENT).orderId).not.toBe(TIP.orderId)
  })

  it('is another order, unseen, when the one that the form would pay was closed meanwhile', async () => {
    world.pending = pendingOf(null)
    const prepay = world.prepay
    world.prepay = () => {
      world.prepay = prepay
      return failWith('ORDER_CLOSED')()
    }
    const { kind, tip } = await giveTip(world.services, TIP)
    expect(kind).toBe('paid')
    expect(world.prepaid).toEqual([TIP.orderId, tip.orderId])
    expect(world.cashiers).toBe(1)
  })

  it.each([
    { amountFen: 1000 },
    { message: '别的话' },
    { creator: 'somebody' },
    { isAnonymous: true },
    { displayName: '别人' },
  ])('is another order when %j is another', (change) => {
    world.pending = pendingOf(null)
    const content = { ...CONTENT, ...change }
    expect(tipOf(world.services, content)).toEqual({ ...content, orderId: 'f'.repeat(32) })
  })
})

describe('another tip while one may have been paid', () => {
  const OTHER = { ...TIP, orderId: 'b'.repeat(32), amountFen: 1000 }

  it.each<[PaymentStatus | 'offline', TipEnding]>([
    ['paid', 'paid'],
    ['unknown', 'unconfirmed'],
    ['offline', 'unconfirmed'],
  ])('tells first what became of that one (%s: %s), and opens nothing', async (status, kind) => {
    world.pending = pendingOf('submitted')
    world.statuses = [status]
    expect(await payTip(world.services, OTHER)).toEqual({ kind, tip: TIP })
    expect(world.prepaid).toEqual([])
  })

  it('goes on with the other once WeChat says that nothing was paid', async () => {
    world.pending = pendingOf('unknown')
    world.statuses = ['not_paid', 'paid']
    expect(await payTip(world.services, OTHER)).toEqual({ kind: 'paid', tip: OTHER })
  })
})

describe('coming back after the app was killed', () => {
  it('has nothing to tell when nothing was open', async () => {
    expect(await resumeTip(world.services)).toBeNull()
    world.pending = pendingOf(null)
    expect(await resumeTip(world.services)).toBeNull()
    expect(world.questions).toEqual([])
  })

  it.each<[PaymentStatus, TipEnding, CashierOutcome | null | 'nothing']>([
    ['paid', 'paid', 'nothing'],
    ['not_paid', 'failed', null],
    ['unknown', 'unconfirmed', 'unknown'],
  ])('tells, when WeChat says %s: %s', async (status, kind, kept) => {
    world.pending = pendingOf('unknown')
    world.statuses = [status]
    expect(await resumeTip(world.services)).toMatchObject({ kind, tip: TIP })
    expect(world.pending).toEqual(kept === 'nothing' ? null : pendingOf(kept))
  })
})

describe('a tip that is not confirmed', () => {
  it('stays so for a minute against «not paid», because WeChat may lag behind the phone', async () => {
    world.pending = pendingOf('submitted')
    world.statuses = ['not_paid']
    expect((await checkTip(world.services, TIP)).kind).toBe('unconfirmed')
    world.nowMs += PATIENCE_MS + 1
    expect((await checkTip(world.services, TIP)).kind).toBe('failed')
  })

  it('is asked about ever more slowly until somebody knows', async () => {
    world.pending = pendingOf('unknown')
    world.statuses = ['unknown', 'offline', 'unknown', 'paid']
    expect(await watchTip(world.services, TIP, () => false)).toMatchObject({ kind: 'paid' })
    expect(world.questions).toHaveLength(4)
    expect(world.waitedMs).toBe(2000 + 3000 + 5000 + 8000)
  })

  it('is not asked about for ever', async () => {
    world.pending = pendingOf('unknown')
    world.statuses = ['unknown']
    expect(await watchTip(world.services, TIP, () => false)).toBeNull()
    expect(world.questions).toHaveLength(WATCH_MS.length)
    expect(world.waitedMs).toBeLessThan(40 * 60_000)
  })

  it('is asked about no more once the person has gone elsewhere', async () => {
    expect(await watchTip(world.services, TIP, () => true)).toBeNull()
    expect(world.questions).toEqual([])
  })
})
