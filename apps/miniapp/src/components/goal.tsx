import { Text, View } from '@tarojs/components'
import type { CreatorGoal } from '@dashang/shared/contracts/creators'
import { formatYuan } from '@dashang/shared/money'
import { useWords } from '../words/use-words'
import { aria } from './aria'
import './goal.scss'

/** How far the creator has come, in words and as a bar. */
export function Goal({ title, targetFen, raisedFen }: CreatorGoal) {
  const { goal } = useWords()
  const percent = Math.max(0, Math.floor((raisedFen * 100) / targetFen))
  const width = `${Math.min(100, percent)}%`
  const progress = goal.progress(formatYuan(raisedFen), formatYuan(targetFen))
  return (
    <View className="goal">
      <View className="goal-head">
        <Text className="goal-title">{title}</Text>
        <Text className="goal-percent">
          {percent >= 100 ? goal.reached : goal.percent(percent)}
        </Text>
      </View>
      <View className="goal-bar" {...aria({ label: `${title} ${progress}`, role: 'img' })}>
        <View className="goal-fill" style={{ width }} />
      </View>
      <Text className="goal-text">{progress}</Text>
    </View>
  )
}
