import { Button, Text, View } from '@tarojs/components'
import type { OrderView } from '@dashang/shared/contracts/orders'
import { formatYuan } from '@dashang/shared/money'
import { TipResultView } from '../../components/tip-result'
import './index.scss'
import { refundWords, stateWords, timeWords } from './order-words'
import type { OrderList } from './use-order-list'
import { useRecords } from './use-records'

export default function RecordsPage() {
  const { list, phase, pay, proceed, dismiss, reload } = useRecords()
  if (phase.kind === 'done') {
    return (
      <View className="records-page">
        <TipResultView result={phase.result} onAction={proceed} onDismiss={dismiss} />
      </View>
    )
  }

  return (
    <View className="records-page">
      {list.orders.map((order) => {
        const { orderId, amountFen } = order
        const payThis = () => {
          pay({ orderId, amountFen })
        }
        const isBusy = phase.kind === 'paying'
        return <Record key={orderId} order={order} isBusy={isBusy} onPay={payThis} />
      })}
      <Note list={list} onReload={reload} />
    </View>
  )
}

/** What stands under the list, or in its place. */
function Note({ list, onReload }: { list: OrderList; onReload: () => void }) {
  const { state, orders, message } = list
  if (state === 'failed') {
    return (
      <View className="failure">
        <Text className="note">{message}</Text>
        <Button className="retry" onClick={onReload}>
          重新加载
        </Button>
      </View>
    )
  }
  if (orders.length > 0) return null
  return <Text className="note">{state === 'ready' ? '还没有打赏过' : '正在加载…'}</Text>
}

interface RecordProps {
  readonly order: OrderView
  readonly isBusy: boolean
  readonly onPay: () => void
}

function Record({ order, isBusy, onPay }: RecordProps) {
  return (
    <View className="record" id={`order-${order.orderId}`}>
      <View className="facts">
        <Text className="amount">{formatYuan(order.amountFen)}</Text>
        <Text className="time">{timeWords(order.createdAt)}</Text>
        {order.refunds.map((refund) => (
          <Text key={refund.createdAt} className="refund">
            {refundWords(refund)}
          </Text>
        ))}
      </View>
      <Text className={`state ${order.state}`}>{stateWords(order)}</Text>
      {order.isPayable && (
        <Button
          className="pay"
          id={`pay-${order.orderId}`}
          {...(isBusy && { disabled: true })}
          onClick={onPay}
        >
          去支付
        </Button>
      )}
    </View>
  )
}
