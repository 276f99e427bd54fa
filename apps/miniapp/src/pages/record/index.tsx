import { Notice } from '../../components/notice'
import { Page } from '../../components/page'
import { isEnding, PaymentEnding } from '../../components/payment-ending'
import { SkeletonRows } from '../../components/skeleton'
import type { ApiErrorCode } from '../../flow/api-error'
import { copyText } from '../../lib/feedback'
import { restartAt } from '../../lib/navigation'
import { useTitle } from '../../lib/use-title'
import { errorWords } from '../../words/errors'
import { useWords } from '../../words/use-words'
import './index.scss'
import { Receipt } from './receipt'
import { useRecord } from './use-record'

export default function RecordPage() {
  const { record } = useWords()
  const { order, payment, creator, pay, proceed, retry } = useRecord()
  useTitle(record.title)
  return (
    <Page name="record" title={record.title}>
      {order.kind === 'loading' && <SkeletonRows count={5} />}
      {order.kind === 'failed' && <Failure code={order.code} onRetry={retry} />}
      {order.kind === 'ready' && isEnding(payment) && (
        <PaymentEnding
          payment={payment}
          creator={creator ?? { name: order.value.creator.name, avatarUrl: null }}
          thanks={creator?.thanks ?? null}
          onProceed={proceed}
        />
      )}
      {order.kind === 'ready' && !isEnding(payment) && (
        <Receipt
          order={order.value}
          isBusy={payment.phase.kind === 'paying'}
          onPay={() => {
            pay(order.value)
          }}
          onCopy={() => void copyText(order.value.orderId, record.copied)}
          onAgain={() => {
            restartAt(order.value.creator.slug)
          }}
        />
      )}
    </Page>
  )
}

function Failure({ code, onRetry }: { readonly code: ApiErrorCode; readonly onRetry: () => void }) {
  const words = useWords()
  const { common, record } = words
  if (code === 'ORDER_NOT_FOUND' || code === 'INVALID_REQUEST') {
    return <Notice mark="寻" title={record.gone} />
  }
  const action = { id: 'retry', text: common.retry, onTap: onRetry }
  return <Notice mark="断" title={common.failed} text={errorWords(words, code)} action={action} />
}
