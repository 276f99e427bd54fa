import type { RankingPeriod, Supporter } from '@dashang/shared/contracts/creators'
import { usePullDownRefresh, useReachBottom, useRouter } from '@tarojs/taro'
import { useCallback, useEffect, useState } from 'react'
import { creatorOf } from '../../flow/creator-of'
import { useLoaded } from '../../flow/use-loaded'
import { usePaged } from '../../flow/use-paged'
import { getRanking, listSupporters } from '../../lib/creators'
import { stopPullDown } from '../../lib/navigation'

/** What is looked at: all tips as they came, or who gave most in a period. */
export type WallView = 'latest' | RankingPeriod

const keyOf = ({ id }: Supporter) => id

export function useWall() {
  const slug = creatorOf(useRouter().params) ?? ''
  const [view, setView] = useState<WallView>('latest')
  const fetchPage = useCallback(
    async (cursor: string | null) => {
      const { supporters, nextCursor } = await listSupporters(slug, cursor)
      return { items: supporters, nextCursor }
    },
    [slug],
  )
  const fetchRanking = useCallback(
    (period: string) => getRanking(slug, period as RankingPeriod),
    [slug],
  )
  const { list, load, more } = usePaged(fetchPage, keyOf)
  const [ranking, reloadRanking] = useLoaded(view === 'latest' ? null : view, fetchRanking)

  useEffect(() => {
    void load(null)
  }, [load])
  const reload = () => (view === 'latest' ? load(null) : reloadRanking())
  usePullDownRefresh(() => void reload().then(stopPullDown))
  useReachBottom(() => {
    if (view === 'latest') more()
  })
  const retry = () => void (view === 'latest' ? load(list.nextCursor) : reloadRanking())
  return { slug, view, setView, list, ranking, retry }
}
