import type { CreatorPage } from '@dashang/shared/contracts/creators'
import { useLoaded } from '../flow/use-loaded'
import { isPaid, type PaymentPhase } from '../flow/use-payment'
import { getCreator } from './creators'

/** Who says thanks: the creator of the tip that was paid, who need not be the one of this page. */
export function useThanked(
  phase: PaymentPhase,
  here: CreatorPage | null = null,
): CreatorPage | null {
  const slug = isPaid(phase) ? (phase.result.tip.creator ?? null) : null
  const isHere = slug === null || slug === here?.slug
  const [loaded] = useLoaded(isHere ? null : slug, getCreator)
  if (isHere) return here
  return loaded.kind === 'ready' ? loaded.value : null
}
