import type { RankingPeriod, Supporter } from '@dashang/shared/contracts/creators'
import { usePullDownRefresh, useReachBottom, useRouter } from '@tarojs/taro'
import { useCallback, useEffect, useState } from 'react'
import { ApiError } from '../../flow/api-error'
import { useLoaded } from '../../flow/use-loaded'
import { usePaged } from '../../flow/use-paged'
import { getRanking, listSupporters } from '../../lib/creators'
import { stopPullDown } from '../../lib/navigation'
import { openedFor } from '../../lib/opened-for'

/** What is looked at: all tips as they came, or who gave most in a period. */
export type WallView = 'latest' | RankingPeriod

const keyOf = ({ id }: Supporter) => id

/** Of a name that can be nobody's the server need not be asked. */
function known(slug: string | null): string {
  if (slug === null) throw new ApiError('CREATOR_NOT_FOUND')
  return slug
}

export function useWall() {
  const slug = openedFor(useRouter().params)
  const [view, setView] = useState<WallView>('latest')
  const fetchPage = useCallback(
    async (cursor: string | null) => {
      const { supporters, nextCursor } = await listSupporters(known(slug), cursor)
      return { items: supporters, nextCursor }
    },
    [slug],
  )
  const fetchRanking = useCallback(
    async (period: string) => getRanking(known(slug), period as RankingPeriod),
    [slug],
  )
  const { list, load, more, retry } = usePaged(fetchPage, keyOf)
  const [ranking, reloadRanking] = useLoaded(view === 'latest' ? null : view, fetchRanking)

  useEffect(() => {
    void load()
  }, [load])
  const reload = () => (view === 'latest' ? load() : reloadRanking())
  usePullDownRefresh(() => void reload().then(stopPullDown))
  useReachBottom(() => {
    if (view === 'latest') more()
  })
  const retryRanking = () => void reloadRanking()
  return { slug, view, setView, list, ranking, more, retry, retryRanking }
}
