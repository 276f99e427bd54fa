import { formatYuan } from '@dashang/shared/money'
import { useState } from 'react'
import {
  amountOf,
  entryOf,
  isPayable,
  NO_ENTRY,
  press,
  type Entry,
  type Key,
  type Limits,
} from '../../flow/keypad'

/** The open keypad and what stands in its field; `null` while it is closed. */
export function useKeypad(limits: Limits, onAmount: (amountFen: number) => void) {
  const [entry, setEntry] = useState<Entry | null>(null)
  return {
    entry,
    open: (amountFen: number | null) => {
      setEntry(amountFen === null ? NO_ENTRY : entryOf(formatYuan(amountFen)))
    },
    close: () => {
      setEntry(null)
    },
    press: (key: Key) => {
      setEntry((before) => press(before ?? NO_ENTRY, key, limits))
    },
    confirm: () => {
      if (entry === null || !isPayable(entry.text, limits)) return
      onAmount(amountOf(entry.text))
      setEntry(null)
    },
  }
}
