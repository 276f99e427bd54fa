import type { CreatorPage } from '@dashang/shared/contracts/creators'
import { useEffect } from 'react'
import { isEnding, type PaymentControls } from '../flow/use-payment'
import { useWords } from '../words/use-words'
import { openRecord, scrollToTop } from './navigation'
import { offerPoster } from './offer-poster'
import { sharing } from './sharing'
import { useShared } from './use-shared'
import { useThanked } from './use-thanked'

interface Options {
  /** The creator of the page, if it is one's; `null` while nobody knows which. */
  readonly here?: CreatorPage | null
  /** The order that the page shows anyway. */
  readonly orderId?: string
}

/** What an ending shows and does, on whichever page is in front of the person. */
export function useEnding(payment: PaymentControls, { here, orderId }: Options = {}) {
  const words = useWords()
  const { phase } = payment
  const isThere = isEnding(phase)
  const thanked = useThanked(phase, here ?? null)
  useShared(thanked, phase, { isMine: here === undefined })
  // The tap that paid was at the bottom; what became of it stands at the top.
  useEffect(() => {
    if (isThere) scrollToTop()
  }, [isThere])

  const proceed = () => {
    const step = payment.proceed()
    if (step === 'show_record' && isThere && phase.result.tip.orderId !== orderId) {
      openRecord(phase.result.tip.orderId)
    }
    return step
  }
  return {
    payment: { ...payment, proceed },
    creator: thanked,
    ...(thanked !== null && {
      share: sharing(thanked.slug, words),
      onPoster: () => void offerPoster(thanked, words),
    }),
  }
}
