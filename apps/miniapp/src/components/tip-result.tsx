import { Button, Text, View } from '@tarojs/components'
import { formatYuan } from '@dashang/shared/money'
import type { TipResult } from '../flow/tip'
import './tip-result.scss'

interface Words {
  readonly mark: string
  readonly title: string
  readonly text: (amount: string) => string
  readonly action: string
}

/** Four endings, four messages; only the first two words of thanks come from the server's «paid». */
const WORDS = {
  paid: {
    mark: '✓',
    title: '谢谢！',
    text: (amount) => `你的 ${amount} 已经送到`,
    action: '完成',
  },
  cancelled: {
    mark: '–',
    title: '已取消支付',
    text: (amount) => `${amount} 没有扣款，想好了随时再来`,
    action: '继续支付',
  },
  failed: {
    mark: '!',
    title: '支付没有成功',
    text: (amount) => `${amount} 没有扣款，可以再试一次`,
    action: '再试一次',
  },
  unconfirmed: {
    mark: '…',
    title: '正在等待微信确认',
    text: (amount) => `如果已经付了 ${amount}，请不要重复支付，稍后可在「我的打赏」查看结果`,
    action: '再查一次',
  },
} as const satisfies Record<TipResult['kind'], Words>

interface Props {
  readonly result: TipResult
  readonly onAction: () => void
  readonly onDismiss: () => void
}

export function TipResultView({ result, onAction, onDismiss }: Props) {
  const { kind, tip, message } = result
  const { mark, title, text, action } = WORDS[kind]
  const amount = formatYuan(tip.amountFen)
  return (
    <View className={`tip-result ${kind}`} id={`result-${kind}`}>
      <View className="mark">
        <Text>{mark}</Text>
      </View>
      <Text className="title">{title}</Text>
      {kind === 'paid' && <Text className="amount">{amount}</Text>}
      <Text className="text">{text(amount)}</Text>
      {message !== undefined && <Text className="text">{message}</Text>}
      <Button className="action" id="result-action" onClick={onAction}>
        {action}
      </Button>
      {kind !== 'paid' && (
        <Button className="quiet" id="result-dismiss" onClick={onDismiss}>
          返回
        </Button>
      )}
    </View>
  )
}
