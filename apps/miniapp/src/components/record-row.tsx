import { Text, View } from '@tarojs/components'
import type { OrderView } from '@dashang/shared/contracts/orders'
import { recordState } from '../flow/order-state'
import { timeWords } from '../flow/time'
import { useWords } from '../words/use-words'
import { Action } from './action'
import { Amount } from './amount'
import { aria } from './aria'
import { Avatar } from './avatar'
import './record-row.scss'

interface Props {
  readonly order: OrderView
  readonly isBusy: boolean
  /** The order that may have been paid already. */
  readonly inDoubt: string | null
  readonly onOpen: (orderId: string) => void
  readonly onPay: (order: OrderView) => void
}

/** One tip of mine: to whom, when, how much, and how it stands. */
export function RecordRow({ order, isBusy, inDoubt, onOpen, onPay }: Props) {
  const { records } = useWords()
  const { orderId, creator, amountFen, createdAt } = order
  const state = recordState(order, inDoubt)
  const time = timeWords(createdAt).slice(5)
  const open = () => {
    onOpen(orderId)
  }
  const pay = () => {
    onPay(order)
  }
  return (
    <View className="record">
      <View
        id={`order-${orderId}`}
        className="record-main"
        hoverClass="is-pressed"
        {...aria({ role: 'button' })}
        onClick={open}
      >
        <Avatar name={creator.name} />
        <Facts order={order} time={time} />
        <View className="record-right">
          <Amount fen={amountFen} size="small" />
          <Text className={`record-state ${state}`}>{records.states[state]}</Text>
        </View>
      </View>
      {state === 'open' && (
        <View className="record-pay">
          <Action id={`pay-${orderId}`} kind="secondary" isDisabled={isBusy} onTap={pay}>
            {records.pay}
          </Action>
        </View>
      )}
    </View>
  )
}

function Facts({ order, time }: { readonly order: OrderView; readonly time: string }) {
  const { records } = useWords()
  return (
    <View className="record-facts">
      <Text className="record-name">{order.creator.name}</Text>
      <Text className="record-time">{time}</Text>
      {order.refunds.map(({ createdAt, state, amountFen }) => (
        <Text key={createdAt} className="record-refund">
          {records.refund(state, amountFen)}
        </Text>
      ))}
    </View>
  )
}
