import { Text, View } from '@tarojs/components'
import type { Ranking, RankingEntry, RankingPeriod } from '@dashang/shared/contracts/creators'
import { Amount } from '../../components/amount'
import { aria } from '../../components/aria'
import { Avatar } from '../../components/avatar'
import { Failure } from '../../components/failure'
import { Notice } from '../../components/notice'
import { SkeletonRows } from '../../components/skeleton'
import type { Loaded } from '../../flow/use-loaded'
import { useWords } from '../../words/use-words'

interface Props {
  readonly ranking: Loaded<Ranking>
  readonly period: RankingPeriod
  readonly empty: { readonly mark: string; readonly title: string; readonly text: string }
  readonly onRetry: () => void
}

/** Who gave most in the chosen period. */
export function RankingList({ ranking, period, empty, onRetry }: Props) {
  const { wall } = useWords()
  if (ranking.kind === 'loading') return <SkeletonRows count={6} />
  if (ranking.kind === 'failed') return <Failure code={ranking.code} onRetry={onRetry} />
  const { entries } = ranking.value
  if (entries.length === 0) return <Notice {...empty} />
  return (
    <View className="ranking">
      <Text className="section-title">{wall.since[period]}</Text>
      {entries.map((entry, i) => (
        // Places are all that tells two anonymous people apart.
        <RankingRow key={i} entry={entry} />
      ))}
    </View>
  )
}

const MEDALS = 3

function RankingRow({ entry }: { readonly entry: RankingEntry }) {
  const { wall } = useWords()
  const { rank, name, amountFen, tipCount } = entry
  return (
    <View className={`ranked${rank <= MEDALS ? ` is-medal medal-${String(rank)}` : ''}`}>
      <View className="ranked-who">
        <View className="ranked-place" {...aria({ label: wall.rank(rank), role: 'img' })}>
          <Text>{rank}</Text>
        </View>
        <Avatar name={name} />
        <View className="ranked-words">
          <Text className="ranked-name">{name ?? wall.anonymous}</Text>
          <Text className="ranked-times">{wall.times(tipCount)}</Text>
        </View>
      </View>
      {amountFen !== null && <Amount fen={amountFen} size="small" isShort />}
    </View>
  )
}
