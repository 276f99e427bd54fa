import { Text, View } from '@tarojs/components'
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

interface Props {
  readonly amountFen: number
  readonly creator: { readonly name: string; readonly avatarUrl: string | null }
  /** The creator's own words; `null` where there are none. */
  readonly thanks: string | null
  readonly onDone: () => void
  /** Missing where the page has nothing to share. */
  readonly share?: Share
  /** Missing where the phone cannot draw one. */
  readonly onPoster?: () => void
}

/** The server has confirmed the money: a small celebration, and the creator's words. */
export function Thanks({ amountFen, creator, thanks, onDone, share, onPoster }: Props) {
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
      <View className="card thanks-letter">
        <View className="thanks-from">
          <Avatar name={creator.name} url={creator.avatarUrl} size="small" />
          <Text className="thanks-name">{words.thanks.from(creator.name)}</Text>
        </View>
        <Text className="thanks-text">{thanks ?? words.thanks.fallback}</Text>
      </View>
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
