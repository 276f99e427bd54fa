import { Text, View } from '@tarojs/components'
import { Action } from './action'
import { aria } from './aria'
import './notice.scss'

interface Props {
  /** One character that stands for it, on a seal. */
  readonly mark: string
  readonly title: string
  readonly text?: string
  readonly action?: { readonly id: string; readonly text: string; readonly onTap: () => void }
}

/** What stands where something is missing: why, and the next step. */
export function Notice({ mark, title, text, action }: Props) {
  return (
    <View className="notice">
      <View className="notice-mark" {...aria({ isHidden: true })}>
        <Text>{mark}</Text>
      </View>
      <Text className="notice-title">{title}</Text>
      {text !== undefined && <Text className="notice-text">{text}</Text>}
      {action !== undefined && (
        <View className="notice-action">
          <Action id={action.id} kind="secondary" onTap={action.onTap}>
            {action.text}
          </Action>
        </View>
      )}
    </View>
  )
}
