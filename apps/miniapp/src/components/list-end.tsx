import { Text, View } from '@tarojs/components'
import type { ComponentProps } from 'react'
import type { Paged } from '../flow/use-paged'
import { errorWords } from '../words/errors'
import { useWords } from '../words/use-words'
import './list-end.scss'
import { Notice } from './notice'
import { SkeletonRows } from './skeleton'

const FIRST_ROWS = 6

interface Props {
  readonly list: Paged<unknown>
  readonly empty: ComponentProps<typeof Notice>
  readonly onRetry: () => void
}

/** What stands under a list, or in its place: rows to come, a failure, nothing, or the end. */
export function ListEnd({ list, empty, onRetry }: Props) {
  const words = useWords()
  const { state, items, nextCursor, code } = list
  if (state === 'failed') {
    const action = { id: 'retry', text: words.common.retry, onTap: onRetry }
    const text = errorWords(words, code ?? 'INTERNAL')
    return <Notice mark="断" title={words.common.failed} text={text} action={action} />
  }
  if (items.length === 0) {
    return state === 'loading' ? <SkeletonRows count={FIRST_ROWS} /> : <Notice {...empty} />
  }
  return (
    <View className="list-end">
      <Text>{nextCursor === null ? words.records.end : words.records.more}</Text>
    </View>
  )
}
