import { Failure } from '../../components/failure'
import { Notice } from '../../components/notice'
import { Page } from '../../components/page'
import { PaymentEnding } from '../../components/payment-ending'
import { SkeletonRows } from '../../components/skeleton'
import type { ApiErrorCode } from '../../flow/api-error'
import { isEnding } from '../../flow/use-payment'
import { copyText } from '../../lib/feedback'
import { restartAt } from '../../lib/navigation'
import { useTitle } from '../../lib/use-title'
import { useWords } from '../../words/use-words'
import './index.scss'
import { Receipt } from './receipt'
import { useRecord } from './use-record'

/** The answers to a number that is nobody's, or no number. */
const GONE: ReadonlySet<ApiErrorCode> = new Set([
  'ORDER_NOT_FOUND',
  'INVALID_REQUEST',
  'ROUTE_NOT_FOUND',
])

const goDefault = () => {
  restartAt()
}

export default function RecordPage() {
  const { record } = useWords()
  useTitle(record.title)
  return (
    <Page name="record" title={record.title}>
      <Record {...useRecord()} />
    </Page>
  )
}

function Record({ order, payment, ending, inDoubt, pay, retry }: ReturnType<typeof useRecord>) {
  const { record, common, tip } = useWords()
  if (isEnding(payment.phase)) return <PaymentEnding {...ending} />
  if (order.kind === 'loading') return <SkeletonRows count={5} />
  if (order.kind === 'failed') {
    return GONE.has(order.code) ? (
      <Notice
        mark="寻"
        title={record.gone}
        action={{ id: 'go-default', text: tip.goDefault, onTap: goDefault }}
      />
    ) : (
      <Failure code={order.code} onRetry={retry} />
    )
  }
  const { orderId, creator } = order.value
  const copyWords = { copied: record.copied, notCopied: common.notCopied }
  return (
    <Receipt
      order={order.value}
      isBusy={payment.phase.kind === 'paying'}
      inDoubt={inDoubt}
      onSee={payment.reopen}
      onPay={() => {
        pay(order.value)
      }}
      onCopy={() => void copyText(orderId, copyWords)}
      onAgain={() => {
        restartAt(creator.slug)
      }}
    />
  )
}
