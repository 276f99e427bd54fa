import { Text, View } from '@tarojs/components'
import { formatYuan } from '@dashang/shared/money'
import { useWords } from '../words/use-words'
import { Amount } from './amount'
import './amount-grid.scss'
import { aria } from './aria'

interface Props {
  readonly presetsFen: readonly number[]
  readonly chosenFen: number
  readonly onChoose: (amountFen: number) => void
  readonly onCustom: () => void
}

/** The creator's amounts, and one of one's own. */
export function AmountGrid({ presetsFen, chosenFen, onChoose, onCustom }: Props) {
  const { tip } = useWords()
  const isCustom = !presetsFen.includes(chosenFen)
  return (
    <View className="amounts" {...aria({ label: tip.choose, role: 'radiogroup' })}>
      {presetsFen.map((fen) => {
        const isChosen = fen === chosenFen
        return (
          <View
            key={fen}
            id={`amount-${String(fen)}`}
            className={`choice${isChosen ? ' is-chosen' : ''}`}
            hoverClass="is-pressed"
            {...aria({ label: formatYuan(fen), role: 'radio', isChecked: isChosen })}
            onClick={() => {
              onChoose(fen)
            }}
          >
            <Amount fen={fen} isShort />
          </View>
        )
      })}
      <View
        id="amount-custom"
        className={`choice is-wide${isCustom ? ' is-chosen' : ''}`}
        hoverClass="is-pressed"
        {...aria({
          label: isCustom ? tip.customOf(formatYuan(chosenFen)) : tip.custom,
          role: 'button',
        })}
        onClick={onCustom}
      >
        <Text className="choice-text">{tip.custom}</Text>
        {isCustom && <Amount fen={chosenFen} />}
      </View>
    </View>
  )
}
