import { AppError } from '@dashang/shared/errors'
import type { ChannelName } from './channel-names.ts'
import type { PaymentChannel } from './payment-channel.ts'

/**
 * Stands for a channel whose keys are not in the settings any more, while orders of it are still open:
 * nothing can be asked or signed, and whoever reads the log is told why.
 */
export function createAbsentChannel(name: ChannelName): PaymentChannel {
  const reason = `API ${name} is not configured, and this was placed with it`
  const refused = async () => ({ kind: 'refused', reason }) as const
  const blocked = async () => ({ kind: 'blocked', code: 'CHANNEL_ABSENT', reason }) as const
  const fail = () => {
    throw new AppError('WECHAT_REFUSED', reason)
  }
  return {
    name,
    notifyPath: `/notify/wechat-pay/${name}/payment`,
    place: refused,
    query: refused,
    queryTransaction: refused,
    close: refused,
    paymentFor: fail,
    downloadBill: refused,
    readNotification: fail,
    canRefund: false,
    refundNotifyPath: `/notify/wechat-pay/${name}/refund`,
    refund: blocked,
    queryRefund: blocked,
    readRefundNotice: fail,
  }
}
