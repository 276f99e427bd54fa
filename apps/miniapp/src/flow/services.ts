import type { PaymentStatus } from '@dashang/shared/contracts/orders'
import type { Payment } from '@dashang/shared/contracts/payment'
import type { CashierOutcome, PendingTip, Tip } from './tip'

/** What the flow needs of the world; plain functions in a test. */
export interface TipServices {
  /** Throws `ApiError`. */
  prepay(tip: Tip): Promise<Payment>
  openCashier(payment: Payment): Promise<CashierOutcome>
  /** What WeChat says of the order, through the server. Throws `ApiError`. */
  confirm(orderId: string): Promise<PaymentStatus>
  wait(ms: number): Promise<void>
  now(): number
  newOrderId(): string
  readonly pending: {
    read(): PendingTip | null
    write(tip: PendingTip): void
    clear(): void
  }
}
