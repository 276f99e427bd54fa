import type { PaymentStatus } from '@dashang/shared/contracts/orders'
import type { Payment } from '@dashang/shared/contracts/payment'
import { ApiError, type ApiErrorCode } from './api-error'
import type { TipServices } from './services'
import type { CashierOutcome, PendingTip, TipContent } from './tip'

export const CONTENT: TipContent = {
  amountFen: 500,
  creator: 'default',
  isAnonymous: false,
  message: '加油',
}
export const TIP = { ...CONTENT, orderId: 'a'.repeat(32) }

const PAYMENT: Payment = {
  kind: 'requestPayment',
  timeStamp: '1700000000',
  nonceStr: 'nonce',
  package: 'prepay_id=wx1',
  signType: 'HMAC-SHA256',
  paySign: 'A'.repeat(64),
}

export const failWith = (code: ApiErrorCode) => () => {
  throw new ApiError(code)
}

/** A world for the flow that does what a test says, and remembers what it was asked. */
export interface TestWorld {
  prepaid: string[]
  cashiers: number
  questions: string[]
  waitedMs: number
  nowMs: number
  pending: PendingTip | null
  /** What the phone remembers while the cashier is open. */
  pendingAtCashier: PendingTip | null
  prepay: () => Payment
  outcome: CashierOutcome
  /** The answers to the questions in turn; the last one stays. */
  statuses: (PaymentStatus | 'offline')[]
  readonly services: TipServices
}

export function createTestWorld(): TestWorld {
  const world: Omit<TestWorld, 'services'> = {
    prepaid: [],
    cashiers: 0,
    questions: [],
    waitedMs: 0,
    nowMs: 1_700_000_000_000,
    pending: null,
    pendingAtCashier: null,
    prepay: () => PAYMENT,
    outcome: 'submitted',
    statuses: ['paid'],
  }
  return Object.assign(world, { services: servicesOf(world) })
}

function servicesOf(world: Omit<TestWorld, 'services'>): TipServices {
  return {
    prepay: async ({ orderId }) => {
      world.prepaid.push(orderId)
      return world.prepay()
    },
    openCashier: async () => {
      world.cashiers += 1
      world.pendingAtCashier = world.pending
      return world.outcome
    },
    confirm: async (orderId) => {
      const status = world.statuses[Math.min(world.questions.length, world.statuses.length - 1)]
      world.questions.push(orderId)
      if (status === 'offline' || status === undefined) throw new ApiError('OFFLINE')
      return status
    },
    wait: async (ms) => {
      world.waitedMs += ms
    },
    now: () => world.nowMs,
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
}
