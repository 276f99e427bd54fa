import { Text, View } from '@tarojs/components'
import type { Supporter } from '@dashang/shared/contracts/creators'
import { useWords } from '../words/use-words'
import './latest-card.scss'
import { LinkRow } from './link-row'
import { SupporterRow } from './supporter-row'

const SHOWN = 3

interface Props {
  readonly supporters: readonly Supporter[]
  readonly onWall: () => void
}

/** The latest few, and the way to all. */
export function LatestCard({ supporters, onWall }: Props) {
  const { tip } = useWords()
  if (supporters.length === 0) return null
  return (
    <View className="card latest">
      <View className="latest-head">
        <Text className="section-title">{tip.latest}</Text>
        <LinkRow id="open-wall" text={`${tip.wall} ›`} label={tip.wall} onTap={onWall} />
      </View>
      {supporters.slice(0, SHOWN).map((supporter) => (
        <SupporterRow key={supporter.id} supporter={supporter} />
      ))}
    </View>
  )
}
