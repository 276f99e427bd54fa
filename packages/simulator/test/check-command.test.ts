import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { keepCertificates } from '../src/certificates/keep.ts'
import type { Certificates } from '../src/certificates/make.ts'
import { check } from '../src/commands/check.ts'
import { ACCOUNT } from './account.ts'
import type { Flaw } from './somebodys-flaws.ts'
import { OPERATOR, startSomebodysServer } from './somebodys-server.ts'
import { speakV2 } from './somebodys-v2.ts'

let folder: string
let keys: string
let certificates: Certificates
beforeAll(async () => {
  keys = await mkdtemp(join(tmpdir(), 'simulator-check-keys-'))
  certificates = await keepCertificates(keys, ACCOUNT.mchid)
})
afterAll(() => rm(keys, { recursive: true, force: true }))
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

async function run(
  flaws: readonly Flaw[],
  only: readonly string[],
  { more = () => [], path = '/orders' }: { more?: (url: string) => string[]; path?: string } = {},
) {
  const [port, tlsPort] = [String(await freePort()), String(await freePort())]
  const platform = {
    url: `http://127.0.0.1:${port}`,
    tlsUrl: `https://127.0.0.1:${tlsPort}`,
    certificates,
  }
  const merchant = await startSomebodysServer({ dialect: speakV2(platform, flaws), flaws })
  const files = ['--json', join(folder, 'report.json'), '--junit', join(folder, 'report.xml')]
  const printed: string[] = []
  const args = [
    ...[
      '--port',
      port,
      '--tls-port',
      tlsPort,
      '--keys',
      keys,
      '--appid',
      ACCOUNT.appid,
      '--mchid',
      ACCOUNT.mchid,
    ],
    ...['--v2-key', ACCOUNT.v2Key, '--prepay-url', `${merchant.url}${path}`],
    ...['--prepay-body', '{"orderId":"{orderId}","openid":"{openid}","fen":"{amount}"}'],
    ...['--payment-path', 'data.pay', '--order-url', `${merchant.url}/orders/{orderId}`],
    ...['--paid-when', 'data.status=paid', ...only.flatMap((id) => ['--only', id]), ...files],
    ...more(merchant.url),
  ]
  const hasPassed = await check(args, {}, (line) => printed.push(line))
  await merchant.close()
  return { hasPassed, card: printed.join('\n') }
}

const LONG = { timeout: 60_000 }

it('drives a server by the flags alone, and writes what came of it', LONG, async () => {
  const only = ['second_signature', 'good_notification', 'wrong_amount']
  const { hasPassed, card } = await run([], only)
  expect(card).toContain('v2: 3 passed, 0 failed, 0 skipped')
  expect(hasPassed).toBe(true)
  const report = JSON.parse(await readFile(join(folder, 'report.json'), 'utf8')) as object
  expect(report).toMatchObject({ results: only.map((id) => ({ id, outcome: 'passed' })) })
  expect(await readFile(join(folder, 'report.xml'), 'utf8')).toContain('tests="3" failures="0"')
})

it('fails with the reason and the fix when the server does', LONG, async () => {
  const { hasPassed, card } = await run(['takes any amount'], ['wrong_amount'])
  expect(hasPassed).toBe(false)
  expect(card).toMatch(/✗ wrong_amount: .+\n.*paid after it\n +why .+\n +fix .+/)
})

const REFUND_FLAGS = (url: string) => [
  ...['--refund-url', `${url}/refunds`, '--refund-header', `Authorization: ${OPERATOR}`],
  ...['--refund-body', '{"orderId":"{orderId}","refundId":"{refundId}","fen":"{amount}"}'],
  ...['--refund-state-url', `${url}/refunds/{refund.data.refundId}`],
  ...['--refunded-when', 'data.status=refunded', '--patience', '5'],
]

it('drives refunds by flags, too', LONG, async () => {
  const only = ['refund_processing', 'refund_notice', 'refund_unheard']
  const { card } = await run([], only, { more: REFUND_FLAGS })
  expect(card).toContain('v2: 3 passed, 0 failed, 0 skipped')
  const flawed = await run(['calls a refund done when it asked for it'], only, {
    more: REFUND_FLAGS,
  })
  expect(flawed.card).toContain('✗ refund_processing')
})

it('drives the comparison with a bill by flags, too', LONG, async () => {
  const only = ['bill_agrees', 'bill_only_there', 'bill_unavailable']
  const more = (url: string) => [
    ...['--bill-url', `${url}/bills?of={day}`, '--bill-agrees-when', 'data.status=agreed'],
    ...['--header', 'X-User: {openid}'],
  ]
  const { card } = await run([], only, { more })
  expect(card).toContain('v2: 3 passed, 0 failed, 0 skipped')
  const flawed = await run(['looks for its own orders only'], only, { more })
  expect(flawed.card).toContain('✗ bill_only_there')
  expect(flawed.card).toContain('v2: 2 passed, 1 failed, 0 skipped')
})

it('says which checks were left out for want of a flag', LONG, async () => {
  const { hasPassed, card } = await run([], ['refund_notice', 'bill_agrees'])
  expect(hasPassed).toBe(true)
  expect(card).toMatch(/– refund_notice: .+\n {4}no --refund-url was given/)
  expect(card).toMatch(/– bill_agrees: .+\n {4}no --bill-url was given/)
  expect(card).toContain('v2: 0 passed, 0 failed, 2 skipped')
})

it('writes a card and its files even if no order can be placed', LONG, async () => {
  const only = ['second_signature', 'good_notification']
  const { hasPassed, card } = await run([], only, { path: '/refunds' })
  expect(hasPassed).toBe(false)
  expect(card).toMatch(/✗ order_placed: .+\n.*answered HTTP 400.*\n +why .+\n +fix .+/)
  expect(card).toMatch(/– good_notification: .+\n {4}not reached/)
  expect(card).toContain('no order: 0 passed, 1 failed, 2 skipped')
  const report = JSON.parse(await readFile(join(folder, 'report.json'), 'utf8')) as object
  const results = [{ id: 'order_placed', outcome: 'failed' }, ...only.map((id) => ({ id }))]
  expect(report).toMatchObject({ channel: null, results })
  const xml = await readFile(join(folder, 'report.xml'), 'utf8')
  expect(xml).toContain('name="wechat-simulator" tests="3" failures="1" skipped="2"')
})

it.each([
  [[], 'check needs --prepay-url'],
  [['--prepay-url', 'shop'], '--prepay-url is no address of http or https'],
  [['--prepay-url', 'http://a', '--amount', '1.5'], '--amount is no amount in fen, like 101'],
  [['--prepay-url', 'http://a', '--header', 'x'], '--header is not of the form «Name: value»'],
  [['--prepay-url', 'http://a', '--paid-when', 'x'], '--paid-when is not of the form'],
  [['--prepay-url', 'http://a', '--refunded-when', 'x'], '--refunded-when is not of the form'],
  [['--prepay-url', 'http://a', '--only', 'x'], '--only is none of order_placed'],
  [['--prepay-url', 'http://a', '--json', '/nowhere/x'], '--json is in no folder: /nowhere'],
])('says what is wrong with %j', async (args, message) => {
  await expect(check(args, {})).rejects.toThrow(message)
})
