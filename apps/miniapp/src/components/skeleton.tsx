import { View } from '@tarojs/components'
import { useWords } from '../words/use-words'
import { aria } from './aria'
import './skeleton.scss'

/** As high as a row of what will come, so that nothing jumps when it does. */
export function SkeletonRows({ count }: { readonly count: number }) {
  const { common } = useWords()
  return (
    <View className="skeleton" {...aria({ label: common.loading, role: 'img' })}>
      {Array.from({ length: count }, (_, i) => (
        <View key={i} className="skeleton-row">
          <View className="skeleton-seal" />
          <View className="skeleton-lines">
            <View className="skeleton-line" />
            <View className="skeleton-line is-short" />
          </View>
        </View>
      ))}
    </View>
  )
}

/** The creator's page before the creator is known. */
export function SkeletonCreator() {
  const { common } = useWords()
  return (
    <View className="skeleton skeleton-creator" {...aria({ label: common.loading, role: 'img' })}>
      <View className="skeleton-head">
        <View className="skeleton-seal is-large" />
        <View className="skeleton-line is-title" />
        <View className="skeleton-line is-short" />
      </View>
      <View className="skeleton-block" />
      <View className="skeleton-grid">
        {Array.from({ length: 6 }, (_, i) => (
          <View key={i} className="skeleton-chip" />
        ))}
      </View>
    </View>
  )
}
