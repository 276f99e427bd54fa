import type { CreatorPage } from '@dashang/shared/contracts/creators'
import { useLoaded } from '../../flow/use-loaded'
import type { PaymentPhase } from '../../flow/use-payment'
import { getCreator } from '../../lib/creators'

/** Who was tipped: of a tip that the app found again, perhaps not the creator of this page. */
export function useThanked(phase: PaymentPhase, here: CreatorPage | null): CreatorPage | null {
  const slug = phase.kind === 'done' ? (phase.result.tip.creator ?? null) : null
  const isHere = slug === null || slug === here?.slug
  const [loaded] = useLoaded(isHere ? null : slug, getCreator)
  if (isHere) return here
  return loaded.kind === 'ready' ? loaded.value : null
}
