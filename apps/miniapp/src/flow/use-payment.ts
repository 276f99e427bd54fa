import { useCallback, useEffect, useRef, useState } from 'react'
import { NEXT_STEPS, type NextStep } from './endings'
import { checkTip, giveTip, payTip, resumeTip, tipOf, tipToRetry } from './pay-tip'
import type { TipServices } from './services'
import type { Tip, TipContent, TipResult } from './tip'
import { watchTip } from './watch-tip'

/** One value rather than flags, so that «paying and failed at once» cannot be written. */
export type PaymentPhase =
  | { readonly kind: 'choosing'; readonly inDoubt: TipResult | null }
  | { readonly kind: 'paying'; readonly tip: Tip }
  | { readonly kind: 'asking'; readonly result: TipResult }
  | { readonly kind: 'done'; readonly result: TipResult }

export interface PaymentControls {
  readonly phase: PaymentPhase
  /** Pays what was chosen on the form. */
  give(content: TipContent): void
  /** Pays an order that the person sees. */
  pay(tip: Tip): void
  /** What the one button under a result does; answers which step it was. */
  proceed(): NextStep | null
  /** Tells what became of the tip that was open when the app ended. */
  resume(): void
  /** Opens the result again that was put aside while nobody knew. */
  reopen(): void
  dismiss(): void
}

type Ended = Extract<PaymentPhase, { readonly result: TipResult }>

/** Whether there is an ending to look at, which then has the page to itself. */
export const isEnding = (phase: PaymentPhase): phase is Ended =>
  phase.kind === 'done' || phase.kind === 'asking'

export const isPaid = (phase: PaymentPhase): phase is Ended =>
  isEnding(phase) && phase.result.kind === 'paid'

const CHOOSING: PaymentPhase = { kind: 'choosing', inDoubt: null }

/** The result that is not known yet, whether it is looked at or put aside. */
export function doubtOf(phase: PaymentPhase): TipResult | null {
  if (phase.kind === 'choosing') return phase.inDoubt
  return phase.kind === 'done' && phase.result.kind === 'unconfirmed' ? phase.result : null
}

/** The payment of the whole app: one at a time, whichever page began it. */
export function usePaymentOf(services: TipServices): PaymentControls {
  const [phase, setPhase] = useState<PaymentPhase>(CHOOSING)
  const doubt = doubtOf(phase)
  const run = useOneAtATime(setPhase)
  useWatch(services, doubt?.tip ?? null, run)

  const pay = (tip: Tip) => void run({ kind: 'paying', tip }, () => payTip(services, tip))
  const give = (content: TipContent) => {
    const tip = tipOf(services, content)
    void run({ kind: 'paying', tip }, () => giveTip(services, tip))
  }
  const dismiss = () => {
    setPhase({ kind: 'choosing', inDoubt: doubt })
  }
  const steps: Readonly<Record<NextStep, (result: TipResult) => void>> = {
    finish: dismiss,
    go_back: dismiss,
    show_record: dismiss,
    ask: (result) => void run({ kind: 'asking', result }, () => checkTip(services, result.tip)),
    pay_same: ({ tip }) => {
      pay(tip)
    },
    pay_anew: (result) => {
      pay(tipToRetry(services, result))
    },
  }
  const proceed = () => {
    if (phase.kind !== 'done') return null
    const step = NEXT_STEPS[phase.result.kind]
    steps[step](phase.result)
    return step
  }
  const resume = () => {
    if (doubt === null) void run(null, () => resumeTip(services))
  }
  const reopen = () => {
    if (doubt !== null) setPhase({ kind: 'done', result: doubt })
  }
  return { phase, give, pay, proceed, resume, reopen, dismiss }
}

type Run = (during: PaymentPhase | null, work: () => Promise<TipResult | null>) => Promise<void>

/** One thing at a time: what is tapped while another runs does nothing. */
function useOneAtATime(setPhase: (phase: PaymentPhase) => void): Run {
  // State changes only with the next drawing, and a second tap may come before it.
  const isBusy = useRef(false)
  return useCallback(
    async (during, work) => {
      if (isBusy.current) return
      isBusy.current = true
      if (during !== null) setPhase(during)
      const result = await work()
      isBusy.current = false
      if (result !== null) setPhase({ kind: 'done', result })
    },
    [setPhase],
  )
}

/** Asks on by itself while a tip is in doubt, whether its result is looked at or put aside. */
function useWatch(services: TipServices, tip: Tip | null, run: Run): void {
  useEffect(() => {
    if (tip === null) return undefined
    let isStopped = false
    void watchTip(services, tip, () => isStopped).then((result) => run(null, async () => result))
    return () => {
      isStopped = true
    }
  }, [services, tip, run])
}
