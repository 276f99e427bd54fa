import { Text, View } from '@tarojs/components'
import type { CreatorPage } from '@dashang/shared/contracts/creators'
import { useWords } from '../words/use-words'
import { Avatar } from './avatar'
import './creator-head.scss'

/** Who is tipped, and how many do so. */
export function CreatorHead({ name, avatarUrl, about, supporterCount, isRetired }: CreatorPage) {
  const { tip } = useWords()
  const supporters = supporterCount > 0 ? tip.supporters(supporterCount) : tip.noSupporters
  return (
    <View className="creator-head">
      <Avatar name={name} url={avatarUrl} size="large" />
      <Text className="creator-name">{name}</Text>
      {about !== null && <Text className="creator-about">{about}</Text>}
      {(supporterCount > 0 || !isRetired) && (
        <View className="creator-count">
          <View className="creator-dot" />
          <Text>{supporters}</Text>
        </View>
      )}
    </View>
  )
}
