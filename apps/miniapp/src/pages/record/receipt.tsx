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

function Lines({ order }: { readonly order: OrderView }) {
  const { record } = useWords()
  const { paidAt, createdAt, isAnonymous, displayName, message, messageState } = order
  const note = record.messageStates[messageState]
  const lines: readonly (readonly [label: string, text: string | null])[] = [
    [record.createdAt, timeWords(createdAt)],
    [record.paidAt, paidAt === null ? null : timeWords(paidAt)],
    [record.name, isAnonymous ? record.anonymous : displayName],
    [record.message, message === null || note === '' ? message : record.noted(message, note)],
    [record.receipt, order.receiptNumber],
    [record.transaction, order.transactionId],
    [record.orderId, order.orderId],
  ]
  return (
    <View className="receipt-lines">
      {lines.map(([label, text]) =>
        text === null ? null : (
          <View key={label} className="receipt-line">
            <Text className="receipt-label">{label}</Text>
            <Text className="receipt-text" selectable>
              {text}
            </Text>
          </View>
        ),
      )}
    </View>
  )
}
