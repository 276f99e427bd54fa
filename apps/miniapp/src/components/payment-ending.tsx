import type { PaymentControls } from '../flow/use-payment'
import type { TipResult } from '../flow/tip'
import { Thanks, type Share } from './thanks'
import { TipResultView } from './tip-result'

interface Props {
  readonly payment: PaymentControls
  readonly creator: { readonly name: string; readonly avatarUrl: string | null }
  readonly thanks: string | null
  readonly onProceed: () => void
  readonly share?: Share
  readonly onPoster?: (result: TipResult) => void
}

/** How a payment ended; nothing while it has not. */
export function PaymentEnding(props: Props) {
  const { payment, creator, thanks, onProceed, share, onPoster } = props
  const { phase, dismiss } = payment
  if (phase.kind !== 'done' && phase.kind !== 'asking') return null
  const { result } = phase
  if (result.kind !== 'paid') {
    const isAsking = phase.kind === 'asking'
    return (
      <TipResultView result={result} isAsking={isAsking} onAction={onProceed} onDismiss={dismiss} />
    )
  }
  return (
    <Thanks
      amountFen={result.tip.amountFen}
      creator={creator}
      thanks={thanks}
      onDone={onProceed}
      {...(share !== undefined && { share })}
      {...(onPoster !== undefined && {
        onPoster: () => {
          onPoster(result)
        },
      })}
    />
  )
}

/** Whether the ending has the page to itself. */
export const isEnding = ({ phase }: PaymentControls): boolean =>
  phase.kind === 'done' || phase.kind === 'asking'
