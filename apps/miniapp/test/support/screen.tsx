import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import type { ComponentType } from 'react'
import { vi } from 'vitest'
import App from '../../src/app'
import { phone, type PageHook } from './phone'

/** Everything that is under way arrives, and so much time goes by. */
export async function pass(ms = 0): Promise<void> {
  await act(() => vi.advanceTimersByTimeAsync(ms))
}

/** WeChat opens the app at a page, and shows it. */
export async function open(
  Page: ComponentType,
  params: Readonly<Record<string, string>> = {},
): Promise<void> {
  phone.params = params
  render(
    <App>
      <Page />
    </App>,
  )
  await tell('useDidShow')
}

/** Everything ends: what the phone has stored is all that is left. */
export function kill(): void {
  cleanup()
}

/** WeChat tells the page of a gesture, or that it is shown; answers what the page says to that. */
export async function tell(hook: PageHook): Promise<unknown> {
  const answers = [...(phone.hooks.get(hook) ?? [])].map((call) => call())
  await pass()
  return answers.at(-1)
}

/** What stands on the screen as one text, without what is drawn for the eye only. */
export function words(): string {
  const page = document.body.cloneNode(true) as HTMLElement
  for (const drawn of page.querySelectorAll('[aria-hidden=true]')) drawn.remove()
  return page.textContent
}

type Role = 'button' | 'radio' | 'switch' | 'tab'

export const control = (name: string | RegExp, role: Role = 'button') =>
  screen.getByRole(role, { name })

/** A tap, without waiting for what it does. */
export function touch(name: string | RegExp, role?: Role): void {
  fireEvent.click(control(name, role))
}

export async function tap(name: string | RegExp, role?: Role): Promise<void> {
  touch(name, role)
  await pass()
}

/** The field of this name now holds this. */
export function enter(name: string, value: string): void {
  fireEvent.input(screen.getByRole('textbox', { name }), { target: { value } })
}
