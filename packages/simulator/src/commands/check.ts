import { stat, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { ENVIRONMENT, platformConfig } from '../config.ts'
import type { CallTemplate, MerchantCalls } from '../conformance/merchant.ts'
import { hasFailed, resultLine, summaryLine, toJson, toJunit } from '../conformance/report.ts'
import { runChecks } from '../conformance/run.ts'
import { CHECK_FLAGS } from './check-flags.ts'
import { readFlags, UsageError, type Environment, type Flags } from './flags.ts'
import { startFrom } from './serve.ts'

type CheckFlags = Flags<keyof typeof CHECK_FLAGS>

/** Runs the platform, and takes somebody's server through every check. */
export async function check(
  args: readonly string[],
  env: Environment = ENVIRONMENT,
  print: (line: string) => void = console.log,
): Promise<boolean> {
  const flags = readFlags(CHECK_FLAGS, args, env)
  const calls = callsOf(flags)
  const files = { json: flags.text('json'), junit: flags.text('junit') }
  for (const [flag, file] of Object.entries(files)) await checkFolder(flag, file)
  const simulator = await startFrom({ ...platformConfig(flags), stateFile: null, stamps: 'real' })
  try {
    print(`The platform is at ${simulator.url} and ${simulator.tlsUrl}.\n`)
    const report = await runChecks({
      simulator,
      calls,
      amountFen: Number(flags.text('amount')),
      notifyUrl: flags.text('notify-url') || null,
      patienceMs: Number(flags.text('patience')) * 1000,
      ...(flags.isSet('only') && { only: flags.list('only') }),
      onResult: (result) => {
        print(resultLine(result))
      },
    })
    print(`\n${summaryLine(report)}`)
    if (files.json !== '') await writeFile(files.json, toJson(report))
    if (files.junit !== '') await writeFile(files.junit, toJunit(report))
    return !hasFailed(report)
  } finally {
    await simulator.close()
  }
}

function callsOf(flags: CheckFlags): MerchantCalls {
  if (!flags.isSet('prepay-url')) throw new UsageError('check needs --prepay-url')
  const headers = headersOf(flags)
  const call = (url: string, method: string, body: string): CallTemplate => ({
    url,
    method,
    headers,
    body: method === 'GET' || method === 'HEAD' ? null : body,
  })
  const given = (name: 'order-url' | 'confirm-url' | 'login-url') => flags.text(name)
  const login = given('login-url')
  const order = given('order-url')
  const confirm = given('confirm-url')
  const [path = '', values = ''] = flags.text('paid-when').split('=')
  return {
    prepay: call(flags.text('prepay-url'), flags.text('prepay-method'), flags.text('prepay-body')),
    paymentPath: flags.text('payment-path') || null,
    order: order === '' ? null : call(order, flags.text('order-method'), '{}'),
    paidWhen: path === '' ? null : { path, values: values.split(',') },
    confirm: confirm === '' ? null : call(confirm, 'POST', '{}'),
    login:
      login === ''
        ? null
        : {
            call: { ...call(login, 'POST', flags.text('login-body')), headers: jsonHeaders },
            tokenPath: flags.text('login-token'),
          },
  }
}

const jsonHeaders = { 'content-type': 'application/json' } as const

function headersOf(flags: CheckFlags): Record<string, string> {
  const given = flags.list('header').map((header) => {
    const [name = '', ...value] = header.split(':')
    return [name.toLowerCase(), value.join(':').trim()] as const
  })
  return {
    ...jsonHeaders,
    ...(flags.isSet('login-url') && { authorization: 'Bearer {token}' }),
    ...Object.fromEntries(given),
  }
}

async function checkFolder(flag: string, file: string): Promise<void> {
  const folder = dirname(resolve(file))
  const found = await stat(folder).catch(() => null)
  if (file !== '' && !found?.isDirectory()) {
    throw new UsageError(`--${flag} is in no folder: ${folder}`)
  }
}
