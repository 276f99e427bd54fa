import { useShareAppMessage } from '@tarojs/taro'
import { LinkRow } from '../../components/link-row'
import { Notice } from '../../components/notice'
import { Page } from '../../components/page'
import { isEnding, PaymentEnding } from '../../components/payment-ending'
import { SkeletonCreator } from '../../components/skeleton'
import { openRecords, restartAt, tipPath } from '../../lib/navigation'
import { offerPoster } from '../../lib/offer-poster'
import { sharing } from '../../lib/sharing'
import { useTitle } from '../../lib/use-title'
import { useWords } from '../../words/use-words'
import { CreatorForm } from './creator-form'
import './index.scss'
import { RetiredCreator } from './retired-creator'
import { useThanked } from './use-thanked'
import { useTip } from './use-tip'

export default function TipPage() {
  const words = useWords()
  const tip = useTip()
  const { state, payment } = tip
  const here = state.kind === 'ready' ? state.creator : null
  const thanked = useThanked(payment.phase, here)
  usePageWords(here, words.tip.title)

  if (isEnding(payment) && thanked !== null) {
    return (
      <Page name="tip" title={words.tip.title} isFirst>
        <PaymentEnding
          payment={payment}
          creator={thanked}
          thanks={thanked.thanks}
          onProceed={payment.proceed}
          share={sharing(thanked.slug, words.thanks.linkCopied)}
          onPoster={() => void offerPoster(thanked, words)}
        />
        <LinkRow id="open-records" text={words.tip.records} onTap={openRecords} />
      </Page>
    )
  }
  return (
    <Page name="tip" title={words.tip.title} isFirst>
      <Content {...tip} />
    </Page>
  )
}

function Content(tip: ReturnType<typeof useTip>) {
  const { state, payment, reload } = tip
  if (state.kind !== 'ready') return <Instead kind={state.kind} onRetry={reload} />
  const { creator, form } = state
  if (creator.isRetired) return <RetiredCreator creator={creator} payment={payment} />
  return <CreatorForm {...tip} creator={creator} form={form} />
}

/** What the bar of the page says, and what a friend sees who gets it shared. */
function usePageWords(creator: { slug: string; name: string } | null, title: string): void {
  const { thanks } = useWords()
  useTitle(title)
  useShareAppMessage(() =>
    creator === null
      ? { title }
      : { title: thanks.shareTitle(creator.name), path: tipPath(creator.slug) },
  )
}

/** What stands there while, or because, there is no creator. */
function Instead({
  kind,
  onRetry,
}: {
  kind: 'loading' | 'unknown' | 'failed'
  onRetry: () => void
}) {
  const { tip, common, errors } = useWords()
  if (kind === 'loading') return <SkeletonCreator />
  if (kind === 'failed') {
    const action = { id: 'retry', text: common.retry, onTap: onRetry }
    return <Notice mark="断" title={common.failed} text={errors.OFFLINE} action={action} />
  }
  const action = {
    id: 'go-default',
    text: tip.goDefault,
    onTap: () => {
      restartAt()
    },
  }
  return <Notice mark="寻" title={tip.unknownTitle} text={tip.unknownText} action={action} />
}
