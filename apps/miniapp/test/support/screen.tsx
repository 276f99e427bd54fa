import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import type { ComponentType, ReactNode } from 'react'
import { vi } from 'vitest'
import App from '../../src/app'
import { phone, type PageHook } from './phone'

/** Everything that is under way arrives, and so much time goes by. */
export async function pass(ms = 0): Promise<void> {
  await act(() => vi.advanceTimersByTimeAsync(ms))
}

type Params = Readonly<Record<string, string>>

/** The pages that are open, the one in front last; those behind it live, and are not seen. */
let pages: readonly ComponentType[] = []
let draw: (app: ReactNode) => void

function show(next: readonly ComponentType[]): void {
  pages = next
  draw(
    <App>
      {pages.map((Page, depth) => (
        <div key={depth} aria-hidden={depth < pages.length - 1}>
          <Page />
        </div>
      ))}
    </App>,
  )
}

/** WeChat opens the app at a page, and shows it. */
export async function open(Page: ComponentType, params: Params = {}): Promise<void> {
  phone.params = params
  draw = (app) => {
    draw = render(app).rerender
  }
  show([Page])
  await tell('useDidShow')
}

/** Another page comes in front, and only it is told that it is shown. */
export async function openOver(Page: ComponentType, params: Params = {}): Promise<void> {
  phone.params = params
  const behind = new Set(phone.hooks.get('useDidShow'))
  show([...pages, Page])
  for (const call of phone.hooks.get('useDidShow') ?? []) if (!behind.has(call)) call()
  await pass()
}

/** The page in front ends, and the one behind it is shown. */
export async function goBack(): Promise<void> {
  show(pages.slice(0, -1))
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
