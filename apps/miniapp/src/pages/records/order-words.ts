import type { OrderView, TipRefund } from '@dashang/shared/contracts/orders'
import { formatYuan } from '@dashang/shared/money'

/** How the state of a tip reads to the person who made it. */
export function stateWords({ state, isPayable }: Pick<OrderView, 'state' | 'isPayable'>): string {
  if (state === 'paid') return '已支付'
  if (state === 'closed') return '已关闭'
  return isPayable ? '待支付' : '已过期'
}

const REFUND_WORDS = {
  processing: '退款处理中',
  succeeded: '已退款',
  failed: '退款未成功',
} as const satisfies Record<TipRefund['state'], string>

/** `已退款 ¥2.00 · 演出取消` */
export function refundWords({ state, amountFen, reason }: TipRefund): string {
  return `${REFUND_WORDS[state]} ${formatYuan(amountFen)} · ${reason}`
}

/** `2026-01-31T04:05:06.000Z` → `2026-01-31 12:05` on a phone in China. */
export function timeWords(iso: string): string {
  const at = new Date(iso)
  const two = (n: number) => String(n).padStart(2, '0')
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-')
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}`
}
