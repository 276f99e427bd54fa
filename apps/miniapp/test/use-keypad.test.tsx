import { act, renderHook } from '@testing-library/react'
import { expect, it } from 'vitest'
import type { Key } from '../src/flow/keypad'
import { useKeypad } from '../src/pages/tip/use-keypad'

it('hands on an amount that may be paid, and stays open at any other', () => {
  const amounts: number[] = []
  const keypad = renderHook(() =>
    useKeypad({ minFen: 100, maxFen: 20_000 }, (amountFen) => amounts.push(amountFen)),
  ).result
  const confirm = () => {
    act(() => {
      keypad.current.confirm()
    })
  }
  const press = (key: Key) => {
    act(() => {
      keypad.current.press(key)
    })
  }
  act(() => {
    keypad.current.open(null)
  })
  confirm()
  press('0')
  confirm()
  expect(amounts).toEqual([])
  expect(keypad.current.entry?.text).toBe('0')
  press('7')
  confirm()
  expect(amounts).toEqual([700])
  expect(keypad.current.entry).toBeNull()
})
