import { Text, View } from '@tarojs/components'
import { useWords } from '../words/use-words'
import { aria } from './aria'
import './title-bar.scss'

interface Props {
  readonly title: string
  readonly isFirst: boolean
}

/** How many pages of ours lie before this one: Taro's router writes it into the browser's history. */
function pagesBefore(): number {
  const { idx } = (window.history.state ?? {}) as { idx?: number }
  return idx ?? 0
}

/** The page of whoever this one is about, which a link has led to directly. */
function creatorPage(): string {
  const [, asked] = window.location.hash.split('?')
  const creator = new URLSearchParams(asked).get('creator')
  return `#/pages/tip/index${creator === null ? '' : `?creator=${encodeURIComponent(creator)}`}`
}

function goBack(): void {
  if (pagesBefore() > 0) window.history.back()
  else window.location.replace(creatorPage())
}

export function TitleBar({ title, isFirst }: Props) {
  const { common } = useWords()
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
