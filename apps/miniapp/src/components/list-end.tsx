import { Text, View } from '@tarojs/components'
import type { ComponentProps } from 'react'
import type { Paged } from '../flow/use-paged'
import { useWords } from '../words/use-words'
import { Failure } from './failure'
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
  const { records } = useWords()
  const { state, items, nextCursor, code } = list
  if (state === 'failed') return <Failure code={code ?? 'INTERNAL'} onRetry={onRetry} />
  if (items.length === 0) {
    return state === 'loading' ? <SkeletonRows count={FIRST_ROWS} /> : <Notice {...empty} />
  }
  return (
    <View className="list-end">
      <Text>{nextCursor === null ? records.end : records.more}</Text>
    </View>
  )
}
