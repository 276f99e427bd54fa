import { Failure } from '../../components/failure'
import { LinkRow } from '../../components/link-row'
import { Notice } from '../../components/notice'
import { Page } from '../../components/page'
import { PaymentEnding } from '../../components/payment-ending'
import { SkeletonCreator } from '../../components/skeleton'
import { isEnding } from '../../flow/use-payment'
import { openRecords, restartAt } from '../../lib/navigation'
import { useTitle } from '../../lib/use-title'
import { useWords } from '../../words/use-words'
import { CreatorForm } from './creator-form'
import './index.scss'
import { RetiredCreator } from './retired-creator'
import { useTip, type TipPageState } from './use-tip'

export default function TipPage() {
  const words = useWords()
  const tip = useTip()
  useTitle(words.tip.title)

  return (
    <Page name="tip" title={words.tip.title} isFirst>
      {isEnding(tip.payment.phase) ? <Ending {...tip} /> : <Content {...tip} />}
    </Page>
  )
}

function Content(tip: ReturnType<typeof useTip>) {
  const { state, payment, reload } = tip
  if (state.kind !== 'ready') return <Instead state={state} onRetry={reload} />
  const { creator, form } = state
  if (creator.isRetired) return <RetiredCreator creator={creator} payment={payment} />
  return <CreatorForm {...tip} creator={creator} form={form} />
}

function Ending({ ending }: Pick<ReturnType<typeof useTip>, 'ending'>) {
  const { tip } = useWords()
  return (
    <>
      <PaymentEnding {...ending} />
      <LinkRow id="open-records" text={tip.records} onTap={openRecords} />
    </>
  )
}

interface InsteadProps {
  readonly state: Exclude<TipPageState, { readonly kind: 'ready' }>
  readonly onRetry: () => void
}

/** What stands there while, or because, there is no creator. */
function Instead({ state, onRetry }: InsteadProps) {
  const words = useWords()
  const { tip } = words
  if (state.kind === 'loading') return <SkeletonCreator />
  if (state.kind === 'failed') return <Failure code={state.code} onRetry={onRetry} />
  const action = {
    id: 'go-default',
    text: tip.goDefault,
    onTap: () => {
      restartAt()
    },
  }
  return <Notice mark="寻" title={tip.unknownTitle} text={tip.unknownText} action={action} />
}
