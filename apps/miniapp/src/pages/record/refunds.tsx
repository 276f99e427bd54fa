import { Text, View } from '@tarojs/components'
import type { TipRefund } from '@dashang/shared/contracts/orders'
import { timeWords } from '../../flow/time'
import { useWords } from '../../words/use-words'

/** Where money on its way back stands; nothing where none is. */
export function Refunds({ refunds }: { readonly refunds: readonly TipRefund[] }) {
  const { record, records } = useWords()
  if (refunds.length === 0) return null
  return (
    <View className="card refunds">
      <Text className="section-title">{record.refunds}</Text>
      {refunds.map(({ createdAt, state, amountFen, reason }) => (
        <View key={createdAt} className={`refund ${state}`}>
          <View className="refund-dot" />
          <View className="refund-words">
            <Text className="refund-state">{records.refund(state, amountFen)}</Text>
            <Text className="refund-reason">
              <Text className="refund-time">{timeWords(createdAt)}</Text>
              {` · ${reason}`}
            </Text>
          </View>
        </View>
      ))}
    </View>
  )
}
