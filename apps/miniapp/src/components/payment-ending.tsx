import { isEnding, type PaymentControls } from '../flow/use-payment'
import { Thanks, type Share, type Thanker } from './thanks'
import { TipResultView } from './tip-result'

interface Props {
  readonly payment: PaymentControls
  readonly creator: Thanker | null
  readonly share?: Share
  readonly onPoster?: () => void
}

/** How a payment ended; nothing while it has not. */
export function PaymentEnding({ payment, ...thanks }: Props) {
  const { phase, proceed, dismiss } = payment
  if (!isEnding(phase)) return null
  const { result } = phase
  if (result.kind === 'paid') {
    return <Thanks amountFen={result.tip.amountFen} onDone={proceed} {...thanks} />
  }
  const isAsking = phase.kind === 'asking'
  return (
    <TipResultView result={result} isAsking={isAsking} onAction={proceed} onDismiss={dismiss} />
  )
}
