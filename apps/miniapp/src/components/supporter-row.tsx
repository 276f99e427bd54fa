import { Text, View } from '@tarojs/components'
import type { Supporter } from '@dashang/shared/contracts/creators'
import { timeAgo } from '../flow/time'
import { useNow } from '../flow/use-now'
import { useWords } from '../words/use-words'
import { Amount } from './amount'
import { Avatar } from './avatar'
import './supporter-row.scss'

/** One tip as everybody may see it. */
export function SupporterRow({ supporter }: { readonly supporter: Supporter }) {
  const { wall, common } = useWords()
  const now = useNow()
  const { name, message, amountFen, paidAt } = supporter
  return (
    <View className="supporter">
      <View className="supporter-who">
        <Avatar name={name} size="small" />
        <View className="supporter-text">
          <View className="supporter-head">
            <Text className="supporter-name">{name ?? wall.anonymous}</Text>
            <Text className="supporter-time">{timeAgo(paidAt, now, common)}</Text>
          </View>
          {message !== null && <Text className="supporter-message">{message}</Text>}
        </View>
      </View>
      {amountFen !== null && <Amount fen={amountFen} size="small" isShort />}
    </View>
  )
}
