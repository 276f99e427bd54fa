import { expect, vi } from 'vitest'
import type { Simulator } from '../src/simulator.ts'
import { exchange, type CallTarget } from './call-targets.ts'

/** Makes a call under a fault, and looks at all that came of it. */
export type Proof = (target: CallTarget) => Promise<void>

/** Without a trace of its work a call proves nothing here. */
export function expectDone({ isDone }: CallTarget, expected: boolean): void {
  if (isDone !== null) expect(isDone()).toBe(expected)
}

/** The call is still open after another one, made later, has been answered. */
export async function expectNoAnswer(simulator: Simulator, target: CallTarget): Promise<void> {
  let isAnswered = false
  const silent = target.send().finally(() => {
    isAnswered = true
  })
  await vi.waitFor(() => {
    expect(simulator.platform.calls.at(-1)?.result).toMatch(/^timeout_/)
  })
  await exchange(`${simulator.url}/_sim/state`, { method: 'GET' })
  expect(isAnswered).toBe(false)
  await simulator.close()
  expect(await silent).toMatchObject({ status: null, body: '' })
}
