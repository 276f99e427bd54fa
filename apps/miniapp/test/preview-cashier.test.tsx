import { screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { openCashier } from '../src/lib/cashier.h5'
import { phone } from './support/phone'
import { PAYMENT } from './support/samples'
import { pass } from './support/screen'

beforeEach(() => {
  const answer = { openid: 'o-alice', cashierPath: 'about:blank' }
  vi.stubGlobal('fetch', async () => Response.json(answer))
})
afterEach(() => {
  document.body.replaceChildren()
  vi.unstubAllGlobals()
})

/** The cashier stands over the page. */
async function opened() {
  const outcome = openCashier(PAYMENT)
  await pass()
  return { outcome, frame: screen.getByTitle<HTMLIFrameElement>(/./) }
}

it.each([
  ['zh_CN', '微信支付'],
  ['en', 'WeChat Pay'],
])('is named in the language of the person: %s', async (language, title) => {
  phone.language = language
  const { frame } = await opened()
  expect(frame.title).toBe(title)
})

it('says what its cashier says, and nothing that another frame does', async () => {
  const { outcome, frame } = await opened()
  const say = (source: Window | null, errMsg: string) => {
    window.dispatchEvent(new MessageEvent('message', { source, data: { errMsg } }))
  }
  say(window, 'requestPayment:ok')
  expect(frame.isConnected).toBe(true)
  say(frame.contentWindow, 'requestPayment:fail cancel')
  expect(await outcome).toBe('cancelled')
  expect(frame.isConnected).toBe(false)
})

it('goes with the page when the person goes back, and then nobody knows what was paid', async () => {
  const { outcome, frame } = await opened()
  window.dispatchEvent(new PopStateEvent('popstate'))
  expect(await outcome).toBe('unknown')
  expect(frame.isConnected).toBe(false)
})
