import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { post, type Way } from '../src/notify/post.ts'
import { createDeliveryInbox } from './notification-inbox.ts'

const MESSAGE = { headers: {}, body: 'a body of many drops. '.repeat(100) }
const LIMIT_MS = 300
const SLOW = { kind: 'slow', seconds: 1 } as const

async function listen(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  await new Promise((resolve) => server.once('listening', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

it('a body that comes slowly comes whole, however short the limit of the answer is', async () => {
  const { url, deliveries, close } = await createDeliveryInbox()
  expect(await post(url, MESSAGE, SLOW, LIMIT_MS)).toMatchObject({ status: 200 })
  expect(deliveries).toMatchObject([{ body: MESSAGE.body, isWhole: true }])
  expect(deliveries[0]?.pieces).toBeGreaterThan(10)
  await close()
})

it.each<Way>([{ kind: 'whole' }, SLOW])(
  'whoever does not answer is given up: $kind',
  async (way) => {
    const url = await listen((request) => request.resume())
    const startedAt = performance.now()
    const reply = await post(url, MESSAGE, way, LIMIT_MS)
    expect(reply).toEqual({ status: null, answer: 'Error: no answer within 0.3 seconds' })
    const bodyMs = way.kind === 'slow' ? way.seconds * 1000 : 0
    expect(performance.now() - startedAt).toBeGreaterThan(bodyMs + LIMIT_MS - 50)
  },
)

it('an answer that begins and does not end is given up, too', async () => {
  const url = await listen((request, response) => {
    request.resume()
    response.write('to be continued')
  })
  expect(await post(url, MESSAGE, { kind: 'whole' }, LIMIT_MS)).toMatchObject({ status: null })
})

it('what was answered is not given up later', async () => {
  const { url, close } = await createDeliveryInbox()
  expect(await post(url, MESSAGE, { kind: 'whole' }, LIMIT_MS)).toMatchObject({ status: 200 })
  await new Promise((resolve) => setTimeout(resolve, LIMIT_MS + 100))
  expect(await post(url, MESSAGE, { kind: 'whole' }, LIMIT_MS)).toMatchObject({ status: 200 })
  await close()
})
