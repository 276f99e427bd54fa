import type { NotificationFault, RefundNotificationFault } from '../fault-table.ts'
import type { Message, PaymentNotification, Platform, RefundNotification } from '../platform.ts'

/**
 * How one version of the API tells a merchant something, and what it takes for «understood».
 * A message is composed anew for each attempt. `field` is what the fault `tampered` changes.
 */
export interface Protocol {
  payment(
    platform: Platform,
    notification: PaymentNotification,
    fault: NotificationFault | null,
    field?: string,
  ): Message
  refund(
    platform: Platform,
    notification: RefundNotification,
    fault: RefundNotificationFault | null,
  ): Message
  isAccepted(reply: { readonly status: number; readonly answer: string }): boolean
  /** Faults that a message of this version cannot have: their rules wait for another message. */
  readonly unfit: {
    readonly payment: readonly NotificationFault[]
    readonly refund: readonly RefundNotificationFault[]
  }
}
