import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startSimulator, type Simulator } from '@dashang/simulator'
import type {
  CallTemplate,
  MerchantCalls,
  RefundCalls,
} from '@dashang/simulator/conformance/merchant'
import { hasFailed, resultLine, summaryLine } from '@dashang/simulator/conformance/report'
import { runChecks, type Report } from '@dashang/simulator/conformance/run'
import getPort from 'get-port'
import { loadConfig } from '../src/config.ts'
import { ACCOUNT, OPERATOR, testEnvironment } from '../test/support/config.ts'
import { startOurs } from './conformance-bills.ts'

/** How the server is told to place its orders, and the keys of WeChat's beside it. */
const CHANNELS: Readonly<Record<string, Setting>> = {
  v2: { keyMode: 'public_key', settings: () => ({}) },
  // With both kinds of keys, so that the certificates can turn.
  v3: {
    keyMode: 'migration',
    settings: (simulator) => ({
      WECHAT_PAY_CHANNEL: 'v3',
      WECHAT_PAY_PLATFORM_CERTIFICATES: JSON.stringify([simulator.v3().platformCertificate]),
    }),
  },
}

interface Setting {
  readonly keyMode: 'public_key' | 'migration'
  readonly settings: (simulator: Simulator) => Readonly<Record<string, string>>
}

/** Asks soon whether an order is paid, and gives it up soon, so that the run ends soon. */
const FOLLOW_UP_SECONDS = '2,15'
const PATIENCE_MS = 60_000

// A run waits more than it works: each channel has a server and a WeChat of its own.
const reports = await Promise.all(
  Object.entries(CHANNELS).map(async ([channel, setting]) => {
    const report = await checkOurs(setting, (line) => {
      console.log(`${channel} ${line}`)
    })
    if (report.channel !== channel)
      throw new Error(`${channel} was asked for, ${report.channel ?? 'none'} used`)
    return report
  }),
)
for (const report of reports) console.log(summaryLine(report))
// The migration engine leaves a timer behind that would hold the process for ten seconds.
process.exit(reports.some(hasFailed) ? 1 : 0)

/** The server as it is delivered, on an embedded database of its own, through every check. */
async function checkOurs(
  { keyMode, settings }: Setting,
  say: (line: string) => void,
): Promise<Report> {
  const folder = await mkdtemp(join(tmpdir(), 'dashang-conformance-'))
  const simulator = await startSimulator({ account: ACCOUNT, keyMode })
  const config = loadConfig({
    ...testEnvironment(simulator, await getPort({ host: '127.0.0.1' })),
    WECHAT_TIMEOUT_MS: '5000',
    DATA_DIR: folder,
    FOLLOW_UP_SECONDS,
    ...settings(simulator),
  })
  const { server, bills } = await startOurs(config)
  try {
    return await runChecks({
      simulator,
      calls: callsTo(server.url, bills.url),
      amountFen: 101,
      notifyUrl: null,
      patienceMs: PATIENCE_MS,
      onResult: (result) => {
        say(resultLine(result))
      },
    })
  } finally {
    await bills.close()
    await server.close()
    await simulator.close()
    await rm(folder, { recursive: true, force: true })
  }
}

function callsTo(url: string, billUrl: string): MerchantCalls {
  const json = { 'content-type': 'application/json' }
  const asUser = { ...json, authorization: 'Bearer {token}' }
  const post = (path: string, body: string): CallTemplate => ({
    method: 'POST',
    url: `${url}${path}`,
    headers: asUser,
    body,
  })
  return {
    login: {
      call: { ...post('/api/login', '{"code":"{code}"}'), headers: json },
      tokenPath: 'token',
    },
    prepay: post('/api/prepay', '{"orderId":"{orderId}","amountFen":{amount}}'),
    paymentPath: 'payment',
    order: {
      method: 'GET',
      url: `${url}/api/orders/{orderId}`,
      headers: { authorization: 'Bearer {token}' },
      body: null,
    },
    paidWhen: { path: 'state', values: ['paid'] },
    confirm: post('/api/orders/{orderId}/confirm', '{}'),
    refund: refundCallsTo(`${url}/api/admin/orders/{orderId}/refunds`),
    bill: {
      call: { method: 'POST', url: `${billUrl}/{day}`, headers: {}, body: null },
      agreesWhen: { path: 'report.state', values: ['agreed'] },
    },
  }
}

function refundCallsTo(url: string): RefundCalls {
  const headers = {
    'content-type': 'application/json',
    authorization: `Bearer ${OPERATOR.token}`,
  }
  const body = '{"refundId":"{refundId}","amountFen":{amount},"reason":"conformance"}'
  return {
    call: { method: 'POST', url, headers, body },
    state: { method: 'GET', url, headers: { authorization: headers.authorization }, body: null },
    refundedWhen: { path: 'refunds.0.state', values: ['succeeded'] },
  }
}
