import { once } from 'node:events'
import { Agent, request as requestHttp, type IncomingMessage } from 'node:http'
import { connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { eventually } from './support/event-stream.ts'
import { startWorld, type World } from './support/world.ts'

/** As a browser does that expects to ask in a moment. */
async function openAhead({ url }: World): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  await once(socket, 'connect')
  return socket
}

it('a server that stops answers what is running, and waits for no connection that never asked', async () => {
  const world = await startWorld()
  const ahead = await Promise.all([openAhead(world), openAhead(world)])
  const ended = ahead.map((socket) => once(socket, 'close'))
  // A login that waits for WeChat, which takes its time.
  world.simulator.faults.add({ on: 'jscode2session', fault: 'slow', seconds: 1 })
  const { code } = world.simulator.login('alice')
  const agent = new Agent({ keepAlive: true })
  const running = requestHttp(`${world.url}/api/login`, {
    method: 'POST',
    agent,
    headers: { 'content-type': 'application/json' },
  })
  running.end(JSON.stringify({ code }))
  await eventually(() => {
    expect(world.simulator.platform.calls.map(({ api }) => api)).toContain('jscode2session')
  })

  const closed = world.app.close()
  await Promise.all(ended)
  const [response] = (await once(running, 'response')) as [IncomingMessage]
  expect(JSON.parse(await text(response))).toMatchObject({ token: expect.any(String) as string })
  expect(response).toMatchObject({ statusCode: 200, headers: { connection: 'close' } })
  await closed
  agent.destroy()
  await world.close()
})
