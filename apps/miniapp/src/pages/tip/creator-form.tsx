import { Text, View } from '@tarojs/components'
import type { CreatorPage } from '@dashang/shared/contracts/creators'
import { AmountGrid } from '../../components/amount-grid'
import { CreatorHead } from '../../components/creator-head'
import { DoubtBar } from '../../components/doubt-bar'
import { Goal } from '../../components/goal'
import { Keypad } from '../../components/keypad'
import { LatestCard } from '../../components/latest-card'
import { LinkRow } from '../../components/link-row'
import { PayBar } from '../../components/pay-bar'
import { WordsCard } from '../../components/words-card'
import { isCustom, isReady, type TipForm } from '../../flow/tip-form'
import type { PaymentControls } from '../../flow/use-payment'
import { openRecords, openWall } from '../../lib/navigation'
import { usePreferences, useWords } from '../../words/use-words'
import { useKeypad } from './use-keypad'

interface Props {
  readonly creator: CreatorPage
  readonly form: TipForm
  readonly payment: PaymentControls
  readonly change: (part: Partial<TipForm>) => void
  readonly pay: () => void
}

export function CreatorForm({ creator, form, payment, change, pay }: Props) {
  const { phase } = payment
  const keypad = useKeypad(creator, (amountFen) => {
    change({ amountFen })
  })
  const openKeypad = () => {
    keypad.open(isCustom(form, creator) ? form.amountFen : null)
  }
  return (
    <View className="tip-columns">
      <Side creator={creator} payment={payment} />
      <View className="tip-main">
        <AmountCard creator={creator} form={form} change={change} onCustom={openKeypad} />
        <WordsCard {...creator} form={form} onChange={change} />
        <Below creator={creator} />
      </View>
      <PayBar
        amountFen={form.amountFen}
        isReady={isReady(form, creator)}
        isPaying={phase.kind === 'paying'}
        onPay={pay}
      />
      {keypad.entry !== null && (
        <Keypad
          entry={keypad.entry}
          limits={creator}
          onKey={keypad.press}
          onConfirm={keypad.confirm}
          onCancel={keypad.close}
        />
      )}
    </View>
  )
}

export function Side({ creator, payment }: Pick<Props, 'creator' | 'payment'>) {
  const { phase, reopen } = payment
  return (
    <View className="tip-side">
      {phase.kind === 'choosing' && phase.inDoubt !== null && (
        <DoubtBar amountFen={phase.inDoubt.tip.amountFen} onSee={reopen} />
      )}
      <CreatorHead {...creator} />
      {creator.goal !== null && (
        <View className="card">
          <Goal {...creator.goal} />
        </View>
      )}
    </View>
  )
}

type AmountCardProps = Pick<Props, 'creator' | 'form' | 'change'> & {
  readonly onCustom: () => void
}

function AmountCard({ creator, form, change, onCustom }: AmountCardProps) {
  const { tip } = useWords()
  return (
    <View className="card">
      <Text className="section-title">{tip.choose}</Text>
      <AmountGrid
        presetsFen={creator.presetsFen}
        chosenFen={form.amountFen}
        onChoose={(amountFen) => {
          change({ amountFen })
        }}
        onCustom={onCustom}
      />
    </View>
  )
}

export function Below({ creator }: { readonly creator: CreatorPage }) {
  const { tip, common } = useWords()
  const { switchLanguage } = usePreferences()
  const showWall = () => {
    openWall(creator.slug)
  }
  return (
    <View className="tip-below">
      <LatestCard supporters={creator.latestSupporters} onWall={showWall} />
      <View className="tip-links">
        <LinkRow id="open-records" text={tip.records} onTap={openRecords} />
        <LinkRow
          id="switch-language"
          text={common.switchLanguage}
          label={common.switchLanguageLabel}
          onTap={switchLanguage}
        />
      </View>
    </View>
  )
}
