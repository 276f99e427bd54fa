import { execFile, execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { keepCertificates } from '../src/certificates/keep.ts'
import { startSimulator, type Simulator } from '../src/simulator.ts'
import { ACCOUNT } from './account.ts'

const run = promisify(execFile)
const EXAMPLES = join(import.meta.dirname, '../examples')

let simulator: Simulator
let folder: string
let keys: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'simulator-examples-'))
  keys = join(folder, 'keys')
  const certificates = await keepCertificates(keys, ACCOUNT.mchid)
  const stampNow = () => new Date()
  simulator = await startSimulator({ account: ACCOUNT, certificates, stampNow })
}, 60_000)
afterAll(async () => {
  await simulator.close()
  await rm(folder, { recursive: true, force: true })
})

interface Example {
  /** What has to be on the machine, and how it is asked for its version. */
  readonly tools: readonly (readonly [string, ...string[]])[]
  readonly api: 'v2' | 'v3'
  readonly command: (root: string) => readonly [string, ...string[]]
  /** What makes it go by the proxy and trust the root; see the recipes of the README. */
  readonly env: (root: string) => Readonly<Record<string, string>>
  readonly prepare?: (root: string) => Promise<unknown>
}

const NODE = process.execPath
const store = () => join(folder, 'simulator.jks')

const RECIPES: Readonly<Record<string, Example>> = {
  curl: {
    tools: [
      ['bash', '--version'],
      ['curl', '--version'],
      ['openssl', 'version'],
    ],
    api: 'v3',
    command: () => ['bash', 'order.sh'],
    env: (root) => ({ CURL_CA_BUNDLE: root }),
  },
  Node: {
    // Older ones do not read the proxy of the environment.
    tools: [[NODE, '-e', 'process.exit(parseInt(process.versions.node) < 24 ? 1 : 0)']],
    api: 'v3',
    command: () => [NODE, 'order.mjs'],
    env: (root) => ({ NODE_USE_ENV_PROXY: '1', NODE_EXTRA_CA_CERTS: root }),
  },
  Python: {
    tools: [['python3', '--version']],
    api: 'v2',
    command: () => ['python3', 'order.py'],
    env: (root) => ({ SSL_CERT_FILE: root }),
  },
  PHP: {
    tools: [['php', '-r', 'exit(extension_loaded("curl") ? 0 : 1);']],
    api: 'v3',
    command: (root) => ['php', '-d', `curl.cainfo=${root}`, 'order.php'],
    env: () => ({}),
  },
  Go: {
    tools: [['go', 'version']],
    api: 'v3',
    command: () => ['go', 'run', 'order.go'],
    env: (root) => ({ SSL_CERT_FILE: root, GOCACHE: join(folder, 'go'), GOTOOLCHAIN: 'local' }),
  },
  Java: {
    tools: [
      ['java', '-version'],
      ['keytool', '-help'],
    ],
    api: 'v3',
    command: () => {
      const { hostname, port } = new URL(simulator.url)
      const proxy = [`-Dhttps.proxyHost=${hostname}`, `-Dhttps.proxyPort=${port}`]
      const trust = [`trustStore=${store()}`, 'trustStorePassword=changeit']
      return ['java', ...proxy, ...trust.map((part) => `-Djavax.net.ssl.${part}`), 'Order.java']
    },
    env: () => ({}),
    prepare: (root) =>
      run('keytool', [
        ...['-importcert', '-noprompt', '-alias', 'wechat-simulator', '-file', root],
        ...['-keystore', store(), '-storepass', 'changeit'],
      ]),
  },
}

function has(tools: Example['tools']): boolean {
  try {
    for (const [tool, ...args] of tools) execFileSync(tool, args, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

async function call({ command, env }: Example, outTradeNo: string) {
  const root = join(keys, 'ca.pem')
  const [tool, ...args] = command(root)
  const { merchantSerial, publicKeyId } = simulator.v3()
  return run(tool, args, {
    cwd: EXAMPLES,
    env: {
      PATH: process.env['PATH'],
      HTTPS_PROXY: simulator.url,
      KEYS: keys,
      APPID: ACCOUNT.appid,
      MCHID: ACCOUNT.mchid,
      V2_KEY: ACCOUNT.v2Key,
      MERCHANT_SERIAL: merchantSerial,
      PUBLIC_KEY_ID: publicKeyId,
      OPENID: simulator.login('alice').openid,
      OUT_TRADE_NO: outTradeNo,
      ...env(root),
    },
  })
}

describe.each(Object.entries(RECIPES))(
  'the example of %s',
  { timeout: 120_000 },
  (name, example) => {
    const isHere = has(example.tools)
    if (!isHere) console.warn(`The example of ${name} is skipped: its tools are not here.`)
    beforeAll(async () => {
      if (isHere) await example.prepare?.(join(keys, 'ca.pem'))
    }, 60_000)

    it.skipIf(!isHere)('places an order under WeChat’s name, and asks for it', async () => {
      const outTradeNo = `order-of-${name}`
      const { stdout } = await call(example, outTradeNo)
      expect(stdout).toMatch(/^prepay_id=wx[0-9]{8}[0-9a-f]{26}\ntrade_state=NOTPAY\n$/)
      expect(simulator.order(outTradeNo)).toMatchObject({ totalFee: 500, placed: { body: '打赏' } })
      expect(simulator.platform.calls.slice(-2).map(({ result }) => result)).toEqual(['OK', 'OK'])
    })

    it.skipIf(!isHere)('believes no answer with another signature', async () => {
      const on = example.api === 'v2' ? 'unifiedorder' : 'v3_jsapi'
      simulator.faults.add({ on, fault: 'wrong_signature', times: 1 })
      const refused = await call(example, `forged-${name}`).then(
        ({ stdout }) => stdout,
        (error: unknown) => error as { stdout: string; stderr: string },
      )
      expect(refused).toMatchObject({
        stdout: expect.not.stringContaining('prepay_id=wx') as unknown,
      })
      expect(JSON.stringify(refused)).toContain('not signed by WeChat')
      expect(simulator.order(`forged-${name}`)).toBeDefined()
    })
  },
)
