import { Text, View } from '@tarojs/components'
import { ListEnd } from '../../components/list-end'
import { Page } from '../../components/page'
import { PaymentEnding } from '../../components/payment-ending'
import { RecordRow } from '../../components/record-row'
import { byMonth } from '../../flow/order-state'
import { isEnding } from '../../flow/use-payment'
import { openRecord, restartAt } from '../../lib/navigation'
import { useTitle } from '../../lib/use-title'
import { useWords } from '../../words/use-words'
import './index.scss'
import { useRecords } from './use-records'

export default function RecordsPage() {
  const { records } = useWords()
  const page = useRecords()
  useTitle(records.title)
  return (
    <Page name="records" title={records.title}>
      {isEnding(page.payment.phase) ? <PaymentEnding {...page.ending} /> : <Records {...page} />}
    </Page>
  )
}

const goTip = () => {
  restartAt()
}

function Records({ list, payment, inDoubt, pay, more, retry }: ReturnType<typeof useRecords>) {
  const { records } = useWords()
  const action = { id: 'go-tip', text: records.goTip, onTap: goTip }
  const empty = { mark: '赏', title: records.empty, text: records.emptyText, action }
  return (
    <>
      {byMonth(list.items).map(({ year, month, orders }) => (
        <View key={`${String(year)}-${String(month)}`} className="records-month">
          <Text className="records-month-name">{records.month(year, month)}</Text>
          <View className="card records-card">
            {orders.map((order) => (
              <RecordRow
                key={order.orderId}
                order={order}
                isBusy={payment.phase.kind === 'paying'}
                inDoubt={inDoubt}
                onOpen={openRecord}
                onPay={pay}
              />
            ))}
          </View>
        </View>
      ))}
      <ListEnd list={list} empty={empty} onMore={more} onRetry={retry} />
    </>
  )
}
