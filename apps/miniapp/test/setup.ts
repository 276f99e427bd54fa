import { cleanup } from '@testing-library/react'
import { afterEach, beforeEach, expect, vi } from 'vitest'
import { phone, takeNewPhone } from './support/phone'
import { NOW } from './support/samples'

// The build puts it in.
Object.assign(globalThis, { __API_BASE__: '' })

beforeEach(() => {
  takeNewPhone()
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: NOW })
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
  expect(phone.server.unanswered).toEqual([])
})
