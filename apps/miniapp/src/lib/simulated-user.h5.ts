const KEY = 'simulated-user'

/** The preview has no WeChat account: `?user=alice` chooses one, and else each browser is its own. */
export function simulatedUser(): string {
  const chosen = new URLSearchParams(window.location.search).get('user')
  const user = chosen ?? localStorage.getItem(KEY) ?? `preview-${Date.now().toString(36)}`
  localStorage.setItem(KEY, user)
  return user
}
