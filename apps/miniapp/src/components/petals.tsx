import { View } from '@tarojs/components'
import { aria } from './aria'
import './petals.scss'

const COUNT = 14

/** A few petals fall once. Where motion is not wanted there are none. */
export function Petals() {
  return (
    <View className="petals" {...aria({ isHidden: true })}>
      {Array.from({ length: COUNT }, (_, i) => (
        <View key={i} className={`petal petal-${String(i + 1)}`} />
      ))}
    </View>
  )
}
