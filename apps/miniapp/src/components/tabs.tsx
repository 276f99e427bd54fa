import { Text, View } from '@tarojs/components'
import { aria } from './aria'
import './tabs.scss'

interface Props<Key extends string> {
  readonly name: string
  readonly chosen: Key
  readonly tabs: readonly { readonly key: Key; readonly text: string }[]
  readonly isQuiet?: boolean
  readonly onChoose: (key: Key) => void
}

/** One of a few. */
export function Tabs<Key extends string>({ name, chosen, tabs, isQuiet, onChoose }: Props<Key>) {
  return (
    <View className={`tabs${isQuiet === true ? ' is-quiet' : ''}`} {...aria({ role: 'tablist' })}>
      {tabs.map(({ key, text }) => (
        <View
          key={key}
          id={`${name}-${key}`}
          className={`tab${key === chosen ? ' is-chosen' : ''}`}
          {...aria({ role: 'tab', label: text, isChecked: key === chosen })}
          onClick={() => {
            onChoose(key)
          }}
        >
          <Text>{text}</Text>
        </View>
      ))}
    </View>
  )
}
