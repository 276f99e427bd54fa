import { Text, View } from '@tarojs/components'
import type { ComponentProps } from 'react'
import type { Paged } from '../flow/use-paged'
import { useWords } from '../words/use-words'
import { Failure } from './failure'
import { LinkRow } from './link-row'
import './list-end.scss'
import { Notice } from './notice'
import { SkeletonRows } from './skeleton'

const FIRST_ROWS = 6

interface Props {
  readonly list: Paged<unknown>
  readonly empty: ComponentProps<typeof Notice>
  readonly onMore: () => void
  readonly onRetry: () => void
}

/** What stands under a list, or in its place: rows to come, a failure, nothing, or the end. */
export function ListEnd({ list, empty, onMore, onRetry }: Props) {
  const { state, items, code } = list
  if (state === 'failed') return <Failure code={code ?? 'INTERNAL'} onRetry={onRetry} />
  if (items.length === 0) {
    return state === 'loading' ? <SkeletonRows count={FIRST_ROWS} /> : <Notice {...empty} />
  }
  return (
    <View className="list-end">
      <Rest list={list} onMore={onMore} />
    </View>
  )
}

/** Whoever was at the bottom before the rows came is not told again of reaching it, and taps. */
function Rest({ list: { state, nextCursor }, onMore }: Pick<Props, 'list' | 'onMore'>) {
  const { records } = useWords()
  if (nextCursor === null) return <Text>{records.end}</Text>
  if (state === 'loading') return <Text>{records.loadingMore}</Text>
  return <LinkRow id="more" text={records.more} onTap={onMore} />
}
