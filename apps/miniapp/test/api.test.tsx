import { expect, it } from 'vitest'
import { listOrders } from '../src/lib/orders'
import { phone } from './support/phone'
import { pass } from './support/screen'

const logins = () => phone.server.pathsOf('POST /api/login').length

it('shares one login among requests that start together', async () => {
  phone.server.answer('GET /api/orders', { orders: [], nextCursor: null })
  await Promise.all([listOrders(null), listOrders(null)])
  expect(logins()).toBe(1)
})

it('keeps the session that another request got meanwhile', async () => {
  phone.server.answer('GET /api/orders', { orders: [], nextCursor: null })
  await listOrders(null)
  phone.server.endSessions()
  const letGo = phone.server.hold('GET /api/orders')
  const late = listOrders('late')
  await pass()
  letGo()
  // Its 401 is on its way while this one logs in and is answered.
  await Promise.all([listOrders(null), late])
  expect(logins()).toBe(2)
})
