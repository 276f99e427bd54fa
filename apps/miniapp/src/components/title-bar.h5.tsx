import { Text, View } from '@tarojs/components'
import { useWords } from '../words/use-words'
import { aria } from './aria'
import './title-bar.scss'

interface Props {
  readonly title: string
  readonly isFirst: boolean
}

export function TitleBar({ title, isFirst }: Props) {
  const { common } = useWords()
  const goBack = () => {
    if (window.history.length > 1) window.history.back()
    else window.location.hash = ''
  }
  return (
    <View className="title-bar">
      {!isFirst && (
        <View
          className="title-bar-back"
          {...aria({ label: common.back, role: 'button' })}
          onClick={goBack}
        />
      )}
      <Text className="title-bar-text">{title}</Text>
    </View>
  )
}
