import { Text, View } from '@tarojs/components'
import type { OrderView } from '@dashang/shared/contracts/orders'
import { Action } from '../../components/action'
import { Amount } from '../../components/amount'
import { Avatar } from '../../components/avatar'
import { recordState } from '../../flow/order-state'
import { timeWords } from '../../flow/time'
import { useWords } from '../../words/use-words'
import { Refunds } from './refunds'

interface Props {
  readonly order: OrderView
  readonly isBusy: boolean
  readonly inDoubt: string | null
  readonly onPay: () => void
  /** Back to what is known of a payment in doubt. */
  readonly onSee: () => void
  readonly onCopy: () => void
  readonly onAgain: () => void
}

/** One tip of mine as a slip of paper: everything that somebody may ask for. */
export function Receipt({ order, isBusy, inDoubt, onPay, onSee, onCopy, onAgain }: Props) {
  const { record, records, results } = useWords()
  const state = recordState(order, inDoubt)
  return (
    <View className="receipt-page">
      <View className="card receipt">
        <View className="receipt-head">
          <Avatar name={order.creator.name} />
          <Text className="receipt-to">{`${record.to} ${order.creator.name}`}</Text>
          <Amount fen={order.amountFen} size="large" />
          <Text className={`receipt-state ${state}`}>{records.states[state]}</Text>
        </View>
        <View className="receipt-cut" />
        <Lines order={order} />
      </View>
      <Refunds refunds={order.refunds} />
      <View className="receipt-actions">
        {state === 'open' && (
          <Action id="pay-order" isBusy={isBusy} onTap={onPay}>
            {record.pay}
          </Action>
        )}
        {state === 'waiting' && (
          <Action id="see-doubt" onTap={onSee}>
            {results.unconfirmed.action}
          </Action>
        )}
        {state !== 'open' && state !== 'waiting' && (
          <Action id="tip-again" kind="secondary" onTap={onAgain}>
            {record.tipAgain}
          </Action>
        )}
        <Action id="copy-order" kind="quiet" onTap={onCopy}>
          {record.copy}
        </Action>
        <Text className="receipt-help">{record.help}</Text>
      </View>
    </View>
  )
}

/** How a text may be broken where it is too long for its line. */
type Breaking = 'is-time' | 'is-number' | 'is-words'

type Line = readonly [label: string, text: string | null, breaking: Breaking]

function Lines({ order }: { readonly order: OrderView }) {
  const { record } = useWords()
  const { paidAt, createdAt, isAnonymous, displayName, message, messageState } = order
  const note = record.messageStates[messageState]
  const noted = message === null || note === '' ? message : record.noted(message, note)
  const lines: readonly Line[] = [
    [record.createdAt, timeWords(createdAt), 'is-time'],
    [record.paidAt, paidAt === null ? null : timeWords(paidAt), 'is-time'],
    [record.name, isAnonymous ? record.anonymous : displayName, 'is-words'],
    [record.message, noted, 'is-words'],
    [record.receipt, order.receiptNumber, 'is-number'],
    [record.transaction, order.transactionId, 'is-number'],
    [record.orderId, order.orderId, 'is-number'],
  ]
  return (
    <View className="receipt-lines">
      {lines.map(([label, text, breaking]) =>
        text === null ? null : (
          <View key={label} className="receipt-line">
            <Text className="receipt-label">{label}</Text>
            <Text className={`receipt-text ${breaking}`} selectable>
              {text}
            </Text>
          </View>
        ),
      )}
    </View>
  )
}
