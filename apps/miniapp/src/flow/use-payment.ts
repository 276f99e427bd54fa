import { useRef, useState } from 'react'
import { checkTip, payTip, resumeTip, tipToRetry } from './pay-tip'
import type { TipServices } from './services'
import type { Tip, TipResult } from './tip'

/** One value rather than flags, so that «paying and failed at once» cannot be written. */
export type PaymentPhase =
  | { readonly kind: 'choosing' }
  | { readonly kind: 'paying'; readonly tip: Tip }
  | { readonly kind: 'done'; readonly result: TipResult }

export interface PaymentControls {
  readonly phase: PaymentPhase
  pay(tip: Tip): void
  /** What the one button under a result does. */
  proceed(): void
  /** Tells what became of the tip that was open when the app ended. */
  resume(): void
  dismiss(): void
}

export function usePayment(services: TipServices): PaymentControls {
  const [phase, setPhase] = useState<PaymentPhase>({ kind: 'choosing' })
  // State changes only with the next drawing, and a second tap may come before it.
  const isBusy = useRef(false)

  async function run(tip: Tip | null, work: () => Promise<TipResult | null>): Promise<void> {
    if (isBusy.current) return
    isBusy.current = true
    if (tip !== null) setPhase({ kind: 'paying', tip })
    const result = await work()
    isBusy.current = false
    if (result !== null) setPhase({ kind: 'done', result })
  }

  const pay = (tip: Tip) => void run(tip, () => payTip(services, tip))
  const check = (tip: Tip) => void run(tip, () => checkTip(services, tip))
  const dismiss = () => {
    setPhase({ kind: 'choosing' })
  }

  return {
    phase,
    pay,
    proceed: () => {
      if (phase.kind !== 'done') return
      const { result } = phase
      if (result.kind === 'paid') dismiss()
      else if (result.kind === 'unconfirmed') check(result.tip)
      else pay(tipToRetry(services, result))
    },
    resume: () => void run(null, () => resumeTip(services)),
    dismiss,
  }
}
