import type { NotificationFault, RefundNotificationFault } from '../faults.ts'
import type { Message, PaymentNotification, Platform, RefundNotification } from '../platform.ts'

/**
 * How one version of the API tells a merchant something, and what it takes for «understood».
 * A message is composed anew for each attempt.
 */
export interface Protocol {
  payment(
    platform: Platform,
    notification: PaymentNotification,
    fault: NotificationFault | null,
  ): Message
  refund(
    platform: Platform,
    notification: RefundNotification,
    fault: RefundNotificationFault | null,
  ): Message
  isAccepted(reply: { readonly status: number; readonly answer: string }): boolean
}
