import { View } from '@tarojs/components'
import { formatYuan } from '@dashang/shared/money'
import { useWords } from '../words/use-words'
import { Action } from './action'
import './pay-bar.scss'

interface Props {
  readonly amountFen: number
  readonly isReady: boolean
  readonly isPaying: boolean
  readonly onPay: () => void
}

/** One tap to the cashier, wherever the page is scrolled to. */
export function PayBar({ amountFen, isReady, isPaying, onPay }: Props) {
  const { tip } = useWords()
  return (
    <View className="pay-bar">
      <View className="pay-bar-column">
        <Action id="pay" isDisabled={!isReady} isBusy={isPaying} onTap={onPay}>
          {isPaying ? tip.paying : tip.pay(formatYuan(amountFen))}
        </Action>
      </View>
    </View>
  )
}
