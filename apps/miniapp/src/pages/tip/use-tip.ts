import type { CreatorPage } from '@dashang/shared/contracts/creators'
import { useDidShow, usePullDownRefresh, useRouter } from '@tarojs/taro'
import { useState } from 'react'
import type { ApiErrorCode } from '../../flow/api-error'
import { contentOf, firstAmount, isReady, type TipForm } from '../../flow/tip-form'
import { useLoaded, type Loaded } from '../../flow/use-loaded'
import { usePayment } from '../../flow/payment-context'
import { getCreator } from '../../lib/creators'
import { stopPullDown } from '../../lib/navigation'
import { openedFor } from '../../lib/opened-for'
import { readSignature, writeSignature, type Signature } from '../../lib/signature'
import { useEnding } from '../../lib/use-ending'

/** What the page is, in one value. */
export type TipPageState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'failed'; readonly code: ApiErrorCode }
  | { readonly kind: 'ready'; readonly creator: CreatorPage; readonly form: TipForm }

function stateOf(
  slug: string | null,
  loaded: Loaded<CreatorPage>,
  entered: Partial<TipForm> & Signature,
): TipPageState {
  if (slug === null) return { kind: 'unknown' }
  if (loaded.kind === 'loading') return loaded
  if (loaded.kind === 'failed') {
    return loaded.code === 'CREATOR_NOT_FOUND' ? { kind: 'unknown' } : loaded
  }
  const creator = loaded.value
  const empty = { amountFen: firstAmount(creator), message: '' }
  return { kind: 'ready', creator, form: { ...empty, ...entered } }
}

export function useTip() {
  const slug = openedFor(useRouter().params)
  const [loaded, reload] = useLoaded(slug, getCreator)
  const [entered, setEntered] = useState<Partial<TipForm> & Signature>(readSignature)
  const payment = usePayment()
  const state = stateOf(slug, loaded, entered)

  // An app that was killed at the cashier comes back here, and so does one that was left while nobody knew.
  // Behind another page, this one may have grown old.
  useDidShow(() => {
    payment.resume()
    if (state.kind === 'ready') void reload()
  })
  usePullDownRefresh(() => void reload().then(stopPullDown))

  const change = (part: Partial<TipForm>) => {
    setEntered((before) => ({ ...before, ...part }))
  }
  const pay = () => {
    if (state.kind !== 'ready' || !isReady(state.form, state.creator)) return
    const { name, isAnonymous } = state.form
    writeSignature({ name, isAnonymous })
    payment.give(contentOf(state.form, state.creator.slug))
  }
  const ending = useEnding(payment, { here: state.kind === 'ready' ? state.creator : null })
  const proceed = () => {
    const step = ending.payment.proceed()
    if (step === 'finish') change({ message: '' })
    // Paid, the page reads otherwise; refused, what it offered may be true no more.
    if (step === 'finish' || step === 'go_back') void reload()
    return step
  }
  return {
    ...{ state, change, pay },
    payment,
    ending: { ...ending, payment: { ...payment, proceed } },
    reload: () => void reload(),
  }
}
