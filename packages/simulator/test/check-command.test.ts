import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { check } from '../src/commands/check.ts'
import { ACCOUNT } from './account.ts'
import type { Flaw } from './somebodys-flaws.ts'
import { startSomebodysServer } from './somebodys-server.ts'
import { speakV2 } from './somebodys-v2.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'simulator-check-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** A port that was free a moment ago: the server has to know it before the platform listens. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

async function run(flaws: readonly Flaw[], only: readonly string[]) {
  const port = String(await freePort())
  const certificates = { caCert: '', merchantCert: '', merchantKey: '' }
  const platform = { url: `http://127.0.0.1:${port}`, tlsUrl: '', certificates }
  const merchant = await startSomebodysServer({ dialect: speakV2(platform, flaws), flaws })
  const files = ['--json', join(folder, 'report.json'), '--junit', join(folder, 'report.xml')]
  const printed: string[] = []
  const args = [
    ...['--port', port, '--tls-port', '0', '--appid', ACCOUNT.appid, '--mchid', ACCOUNT.mchid],
    ...['--v2-key', ACCOUNT.v2Key, '--prepay-url', `${merchant.url}/orders`],
    ...['--prepay-body', '{"orderId":"{orderId}","openid":"{openid}","fen":"{amount}"}'],
    ...['--payment-path', 'data.pay', '--order-url', `${merchant.url}/orders/{orderId}`],
    ...['--paid-when', 'data.status=paid', ...only.flatMap((id) => ['--only', id]), ...files],
  ]
  const hasPassed = await check(args, {}, (line) => printed.push(line))
  await merchant.close()
  return { hasPassed, card: printed.join('\n') }
}

it('drives a server by the flags alone, and writes what came of it', async () => {
  const only = ['second_signature', 'good_notification', 'wrong_amount']
  const { hasPassed, card } = await run([], only)
  expect(card).toContain('v2: 3 passed, 0 failed, 0 skipped')
  expect(hasPassed).toBe(true)
  const report = JSON.parse(await readFile(join(folder, 'report.json'), 'utf8')) as object
  expect(report).toMatchObject({ results: only.map((id) => ({ id, outcome: 'passed' })) })
  expect(await readFile(join(folder, 'report.xml'), 'utf8')).toContain('tests="3" failures="0"')
})

it('fails with the reason and the fix when the server does', async () => {
  const { hasPassed, card } = await run(['takes any amount'], ['wrong_amount'])
  expect(hasPassed).toBe(false)
  expect(card).toMatch(/✗ wrong_amount: .+\n.*paid after it\n +why .+\n +fix .+/)
})

it.each([
  [[], 'check needs --prepay-url'],
  [['--prepay-url', 'shop'], '--prepay-url is no address of http or https'],
  [['--prepay-url', 'http://a', '--amount', '1.5'], '--amount is no amount in fen, like 101'],
  [['--prepay-url', 'http://a', '--header', 'x'], '--header is not of the form «Name: value»'],
  [['--prepay-url', 'http://a', '--paid-when', 'x'], '--paid-when is not of the form'],
  [['--prepay-url', 'http://a', '--only', 'x'], '--only is none of order_placed'],
  [['--prepay-url', 'http://a', '--json', '/nowhere/x'], '--json is in no folder: /nowhere'],
])('says what is wrong with %j', async (args, message) => {
  await expect(check(args, {})).rejects.toThrow(message)
})
