import { Text, View } from '@tarojs/components'
import type { CreatorPage } from '@dashang/shared/contracts/creators'
import { useWords } from '../words/use-words'
import { Action } from './action'
import { Amount } from './amount'
import { aria } from './aria'
import { Avatar } from './avatar'
import { Petals } from './petals'
import './thanks.scss'

/** Without `onTap` WeChat's own sheet is all that opens. */
export interface Share {
  readonly onTap?: () => void
}

/** Who was tipped, and their own words to whoever did. */
export type Thanker = Pick<CreatorPage, 'name' | 'avatarUrl' | 'thanks'>

interface Props {
  readonly amountFen: number
  /** `null` while nobody knows more than that the money arrived. */
  readonly creator: Thanker | null
  readonly onDone: () => void
  /** Missing where the page has nothing to share. */
  readonly share?: Share
  /** Missing where the page has no poster. */
  readonly onPoster?: () => void
}

/** The server has confirmed the money: a small celebration, and the creator's words. */
export function Thanks({ amountFen, creator, onDone, share, onPoster }: Props) {
  const words = useWords()
  return (
    <View className="thanks" id="result-paid">
      <Petals />
      <View className="thanks-seal" {...aria({ isHidden: true })}>
        <Text>谢</Text>
      </View>
      <View className="thanks-words" {...aria({ role: 'alert' })}>
        <Text className="thanks-title">{words.results.paid.title}</Text>
        <Amount fen={amountFen} size="huge" />
      </View>
      {creator !== null && <Letter {...creator} />}
      <View className="thanks-actions">
        {share !== undefined && (
          <Action id="share" isShare {...share}>
            {words.thanks.share}
          </Action>
        )}
        {onPoster !== undefined && (
          <Action id="poster" kind="secondary" onTap={onPoster}>
            {words.thanks.poster}
          </Action>
        )}
        <Action id="result-action" kind={share === undefined ? 'primary' : 'quiet'} onTap={onDone}>
          {words.results.paid.action}
        </Action>
      </View>
    </View>
  )
}

function Letter({ name, avatarUrl, thanks }: Thanker) {
  const words = useWords()
  return (
    <View className="card thanks-letter">
      <View className="thanks-from">
        <Avatar name={name} url={avatarUrl} size="small" />
        <Text className="thanks-name">{words.thanks.from(name)}</Text>
      </View>
      <Text className="thanks-text">{thanks ?? words.thanks.fallback}</Text>
    </View>
  )
}
