import { View } from '@tarojs/components'
import type { PropsWithChildren } from 'react'
import { usePreferences } from '../words/use-words'
import './page.scss'
import { TitleBar } from './title-bar'

interface Props {
  readonly name: string
  readonly title: string
  /** The page that has nothing to go back to. */
  readonly isFirst?: boolean
}

/** The ground of every page: its colours, the size of its text, and its bar where none is given. */
export function Page({ name, title, isFirst = false, children }: PropsWithChildren<Props>) {
  const { textSize } = usePreferences()
  return (
    <View className={`page ${name}-page ${textSize}`}>
      <TitleBar title={title} isFirst={isFirst} />
      <View className="column">{children}</View>
    </View>
  )
}
