import { clearStored } from './storage'

const KEY = 'simulated-user'

/** What the phone of somebody else would not know. */
const PERSONAL = ['session', 'pending-tip', 'signature'] as const

function choose(): string {
  const before = localStorage.getItem(KEY)
  const chosen = new URLSearchParams(window.location.search).get('user')
  const user = chosen ?? before ?? `preview-${Date.now().toString(36)}`
  if (user !== before) PERSONAL.forEach(clearStored)
  localStorage.setItem(KEY, user)
  return user
}

// At once, before anybody reads what is stored.
const user = choose()

/** The preview has no WeChat account: `?user=alice` chooses one, and else each browser is its own. */
export function simulatedUser(): string {
  return user
}
