import type { CreatorPage } from '@dashang/shared/contracts/creators'
import { oneLine, textState } from './message'
import type { TipContent } from './tip'

/** What the person has chosen and written so far. */
export interface TipForm {
  readonly amountFen: number
  readonly message: string
  readonly name: string
  readonly isAnonymous: boolean
}

/** The amount that stands chosen at first, so that one tap leads to the cashier. */
export function firstAmount({ presetsFen, minFen }: CreatorPage): number {
  return presetsFen[Math.min(1, presetsFen.length - 1)] ?? minFen
}

export function isCustom({ amountFen }: TipForm, { presetsFen }: CreatorPage): boolean {
  return !presetsFen.includes(amountFen)
}

/** Whether the pay button may be tapped: the server would refuse all else. */
export function isReady(form: TipForm, creator: CreatorPage): boolean {
  const { amountFen, message, name, isAnonymous } = form
  const isAmount = amountFen >= creator.minFen && amountFen <= creator.maxFen
  const isMessage = textState(message, creator.messageMaxLength).kind === 'fits'
  const isName = isAnonymous || textState(name, creator.nameMaxLength).kind === 'fits'
  return isAmount && isMessage && isName
}

/** What is sent: nothing that was left empty, and no name of somebody anonymous. */
export function contentOf(form: TipForm, creator: string): TipContent {
  const message = oneLine(form.message)
  const name = oneLine(form.name)
  return {
    amountFen: form.amountFen,
    creator,
    isAnonymous: form.isAnonymous,
    ...(message !== '' && { message }),
    ...(name !== '' && !form.isAnonymous && { displayName: name }),
  }
}
