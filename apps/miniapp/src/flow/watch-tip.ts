import { checkTip } from './pay-tip'
import type { TipServices } from './services'
import type { Tip, TipResult } from './tip'

/** Waits between the questions about an unconfirmed tip: half an hour in all, then only by hand. */
export const WATCH_MS: readonly number[] = [
  ...[2000, 3000, 5000, 8000, 13_000, 21_000, 34_000, 55_000],
  ...Array.from({ length: 28 }, () => 60_000),
]

/** Keeps asking until somebody knows; `null` when nobody did or the person went away. */
export async function watchTip(
  services: TipServices,
  tip: Tip,
  isStopped: () => boolean,
): Promise<TipResult | null> {
  for (const delayMs of WATCH_MS) {
    await services.wait(delayMs)
    if (isStopped()) return null
    const result = await checkTip(services, tip)
    if (isStopped()) return null
    if (result.kind !== 'unconfirmed') return result
  }
  return null
}
