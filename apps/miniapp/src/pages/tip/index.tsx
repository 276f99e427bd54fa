import type { CreatorPage } from '@dashang/shared/contracts/creators'
import { useShareAppMessage } from '@tarojs/taro'
import { Failure } from '../../components/failure'
import { LinkRow } from '../../components/link-row'
import { Notice } from '../../components/notice'
import { Page } from '../../components/page'
import { PaymentEnding } from '../../components/payment-ending'
import { SkeletonCreator } from '../../components/skeleton'
import { isEnding, isPaid, type PaymentControls } from '../../flow/use-payment'
import { openRecords, restartAt, tipPath } from '../../lib/navigation'
import { offerPoster } from '../../lib/offer-poster'
import { sharing } from '../../lib/sharing'
import { useThanked } from '../../lib/use-thanked'
import { useTitle } from '../../lib/use-title'
import { useWords } from '../../words/use-words'
import { CreatorForm } from './creator-form'
import './index.scss'
import { RetiredCreator } from './retired-creator'
import { useTip, type TipPageState } from './use-tip'

export default function TipPage() {
  const words = useWords()
  const tip = useTip()
  const { state, payment } = tip
  const here = state.kind === 'ready' ? state.creator : null
  const thanked = useThanked(payment.phase, here)
  useTitle(words.tip.title)
  useShared(thanked, isPaid(payment.phase))

  return (
    <Page name="tip" title={words.tip.title} isFirst>
      {isEnding(payment.phase) ? (
        <Ending payment={payment} thanked={thanked} />
      ) : (
        <Content {...tip} />
      )}
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

/** What a friend sees who gets the page shared. */
function useShared(creator: CreatorPage | null, hasTipped: boolean): void {
  const { tip, thanks } = useWords()
  const titleOf = hasTipped ? thanks.shareTitle : thanks.pageTitle
  useShareAppMessage(() =>
    creator === null
      ? { title: tip.title }
      : { title: titleOf(creator.name), path: tipPath(creator.slug) },
  )
}

interface EndingProps {
  readonly payment: PaymentControls
  readonly thanked: CreatorPage | null
}

function Ending({ payment, thanked }: EndingProps) {
  const words = useWords()
  return (
    <>
      <PaymentEnding
        payment={payment}
        creator={thanked}
        {...(thanked !== null && {
          share: sharing(thanked.slug, words),
          onPoster: () => void offerPoster(thanked, words),
        })}
      />
      <LinkRow id="open-records" text={words.tip.records} onTap={openRecords} />
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
