import { Text, View } from '@tarojs/components'
import { formatYuan } from '@dashang/shared/money'
import { useWords } from '../words/use-words'
import { aria } from './aria'
import './doubt-bar.scss'

interface Props {
  readonly amountFen: number
  readonly onSee: () => void
}

/** A payment of which nobody knows yet, put aside but not forgotten. */
export function DoubtBar({ amountFen, onSee }: Props) {
  const { tip } = useWords()
  return (
    <View id="doubt" className="doubt" {...aria({ role: 'button' })} onClick={onSee}>
      <View className="doubt-dot" />
      <Text className="doubt-text">{tip.inDoubt(formatYuan(amountFen))}</Text>
      <Text className="doubt-see">{tip.see}</Text>
    </View>
  )
}
