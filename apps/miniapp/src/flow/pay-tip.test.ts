import type { PaymentStatus } from '@dashang/shared/contracts/orders'
import type { Payment } from '@dashang/shared/contracts/payment'
import { beforeEach, describe, expect, it } from 'vitest'
import { ApiError, type ApiErrorCode } from './api-error'
import { checkTip, payTip, resumeTip, tipOf, tipToRetry } from './pay-tip'
import type { CashierOutcome, TipServices } from './services'
import type { PendingTip, TipResult } from './tip'

const TIP = { orderId: 'a'.repeat(32), amountFen: 500 }
const PAYMENT: Payment = {
  kind: 'requestPayment',
  timeStamp: '1700000000',
  nonceStr: 'nonce',
  package: 'prepay_id=wx1',
  signType: 'HMAC-SHA256',
  paySign: 'A'.repeat(64),
}

/** A world that does what the test says, and remembers what it was asked. */
function createWorld() {
  const world = {
    prepaid: [] as string[],
    cashiers: 0,
    questions: 0,
    waitedMs: 0,
    pending: null as PendingTip | null,
    /** What the phone remembers while the cashier is open. */
    pendingAtCashier: null as PendingTip | null,
    prepay: (): Payment => PAYMENT,
    outcome: 'submitted' as CashierOutcome,
    statuses: ['paid'] as (PaymentStatus | 'offline')[],
  }
  const services: TipServices = {
    prepay: async ({ orderId }) => {
      world.prepaid.push(orderId)
      return world.prepay()
    },
    openCashier: async () => {
      world.cashiers += 1
      world.pendingAtCashier = world.pending
      return world.outcome
    },
    confirm: async () => {
      const status = world.statuses[Math.min(world.questions, world.statuses.length - 1)]
      world.questions += 1
      if (status === 'offline' || status === undefined) throw new ApiError('OFFLINE', '网络')
      return status
    },
    wait: async (ms) => {
      world.waitedMs += ms
    },
    newOrderId: () => 'f'.repeat(32),
    pending: {
      read: () => world.pending,
      write: (tip) => {
        world.pending = tip
      },
      clear: () => {
        world.pending = null
      },
    },
  }
  return { world, services }
}

let world: ReturnType<typeof createWorld>['world']
let services: TipServices

beforeEach(() => {
  const created = createWorld()
  world = created.world
  services = created.services
})

const failWith = (code: ApiErrorCode) => () => {
  throw new ApiError(code, '服务器的话')
}

describe('payTip', () => {
  // The word of the phone against the word of WeChat, all of it.
  it.each<[CashierOutcome, PaymentStatus | 'offline', TipResult['kind']]>([
    ['submitted', 'paid', 'paid'],
    ['submitted', 'not_paid', 'unconfirmed'],
    ['submitted', 'unknown', 'unconfirmed'],
    ['submitted', 'offline', 'unconfirmed'],
    ['cancelled', 'paid', 'paid'],
    ['cancelled', 'not_paid', 'cancelled'],
    ['cancelled', 'unknown', 'cancelled'],
    ['cancelled', 'offline', 'cancelled'],
    ['unknown', 'paid', 'paid'],
    ['unknown', 'not_paid', 'failed'],
    ['unknown', 'unknown', 'unconfirmed'],
    ['unknown', 'offline', 'unconfirmed'],
  ])('is, when the phone says %s and WeChat %s: %s', async (outcome, status, kind) => {
    world.outcome = outcome
    world.statuses = [status]
    expect((await payTip(services, TIP)).kind).toBe(kind)
  })

  it('asks until somebody says paid, and then no more', async () => {
    world.statuses = ['not_paid', 'unknown', 'paid']
    expect((await payTip(services, TIP)).kind).toBe('paid')
    expect(world.questions).toBe(3)
  })

  it('stops asking after a few seconds', async () => {
    world.statuses = ['unknown']
    await payTip(services, TIP)
    expect(world.questions).toBeLessThanOrEqual(4)
    expect(world.waitedMs).toBeLessThanOrEqual(10_000)
  })

  it('remembers the tip before the cashier opens, and forgets it when it is paid', async () => {
    await payTip(services, TIP)
    expect(world.pendingAtCashier).toEqual({ ...TIP, mayBePaid: true })
    expect(world.pending).toBeNull()
  })

  it('treats a cashier that breaks as one that said nothing', async () => {
    services = { ...services, openCashier: () => Promise.reject(new Error('broken')) }
    world.statuses = ['unknown']
    expect((await payTip(services, TIP)).kind).toBe('unconfirmed')
    expect(world.pending).toEqual({ ...TIP, mayBePaid: true })
  })
})

describe('a refusal before the cashier', () => {
  it.each<[ApiErrorCode, TipResult['kind'], isOver: boolean]>([
    ['ORDER_PAID', 'paid', false],
    ['ORDER_CLOSED', 'failed', true],
    ['ORDER_EXPIRED', 'failed', true],
    ['ORDER_CONFLICT', 'failed', true],
    ['AMOUNT_NOT_ALLOWED', 'failed', true],
    ['WECHAT_TIMEOUT', 'failed', false],
    ['WECHAT_BUSY', 'failed', false],
    ['OFFLINE', 'failed', false],
    ['INTERNAL', 'failed', false],
  ])('%s is %s, and opens nothing', async (code, kind, isOver) => {
    world.prepay = failWith(code)
    const result = await payTip(services, TIP)
    expect(result).toMatchObject({ kind, tip: TIP })
    expect(result.isOver ?? false).toBe(isOver)
    expect(world.cashiers).toBe(0)
    expect(world.pending === null).toBe(isOver || kind === 'paid')
  })

  it('shows the words of the server', async () => {
    world.prepay = failWith('WECHAT_BUSY')
    expect((await payTip(services, TIP)).message).toBe('服务器的话')
  })

  it('does not promise that nothing was charged when an earlier try may have been', async () => {
    world.pending = { ...TIP, mayBePaid: true }
    world.prepay = failWith('OFFLINE')
    world.statuses = ['offline']
    expect((await payTip(services, TIP)).kind).toBe('unconfirmed')
    expect(world.pending).toEqual({ ...TIP, mayBePaid: true })
  })

  it('finds out that the earlier try was paid', async () => {
    world.pending = { ...TIP, mayBePaid: true }
    world.prepay = failWith('ORDER_EXPIRED')
    expect((await payTip(services, TIP)).kind).toBe('paid')
  })
})

describe('the next try', () => {
  it('pays the same order', async () => {
    world.outcome = 'cancelled'
    world.statuses = ['not_paid']
    const result = await payTip(services, TIP)
    expect(tipToRetry(services, result)).toEqual(TIP)
    expect(tipOf(services, TIP.amountFen)).toEqual(TIP)
  })

  it('is another order when that one is over', async () => {
    world.prepay = failWith('ORDER_EXPIRED')
    const result = await payTip(services, TIP)
    expect(tipToRetry(services, result).orderId).not.toBe(TIP.orderId)
    expect(tipOf(services, TIP.amountFen).orderId).not.toBe(TIP.orderId)
  })

  it('is another order when the amount is another', () => {
    world.pending = { ...TIP, mayBePaid: false }
    expect(tipOf(services, 1000)).toEqual({ orderId: 'f'.repeat(32), amountFen: 1000 })
  })
})

describe('coming back after the app was killed', () => {
  it('has nothing to tell when nothing was open', async () => {
    expect(await resumeTip(services)).toBeNull()
    world.pending = { ...TIP, mayBePaid: false }
    expect(await resumeTip(services)).toBeNull()
    expect(world.questions).toBe(0)
  })

  it.each<[PaymentStatus, TipResult['kind'], PendingTip | null]>([
    ['paid', 'paid', null],
    ['not_paid', 'failed', { ...TIP, mayBePaid: false }],
    ['unknown', 'unconfirmed', { ...TIP, mayBePaid: true }],
  ])('tells, when WeChat says %s: %s', async (status, kind, pending) => {
    world.pending = { ...TIP, mayBePaid: true }
    world.statuses = [status]
    expect(await resumeTip(services)).toMatchObject({ kind, tip: TIP })
    expect(world.pending).toEqual(pending)
  })

  it('can be asked again', async () => {
    world.statuses = ['unknown', 'unknown', 'paid']
    expect((await checkTip(services, TIP)).kind).toBe('unconfirmed')
    expect((await checkTip(services, TIP)).kind).toBe('paid')
  })
})
