import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { readCertificate } from '@dashang/shared/signing/v3/keys'
import { KEY_FILES } from '../certificates/keep.ts'
import { ENVIRONMENT } from '../config.ts'
import { explain } from '../explain/explain.ts'
import { pathOf, readHead, readRawHttp, type HttpMessage } from '../explain/http-message.ts'
import { merchantNumberOf, readPlatformKey, type ExplainKeys } from '../explain/keys.ts'
import { printExplanation } from '../explain/print.ts'
import { readFlags, UsageError, type Environment, type Flags, type FlagTable } from './flags.ts'
import { isKeyOf32, isMoment, oneOf } from './values.ts'

export const EXPLAIN_FLAGS = {
  file: {
    value: 'FILE',
    help: 'the message as it went over the wire: start line, headers, empty line, body; standard input without it',
  },
  headers: { value: 'FILE', help: 'headers and body in two files instead' },
  body: { value: 'FILE', help: 'the body alone, byte for byte' },
  method: { value: 'METHOD', help: 'of a request whose start line is not in the files' },
  url: { value: 'URL', help: 'its address, or path and query' },
  'v2-key': {
    value: 'KEY',
    variable: 'WECHAT_PAY_V2_KEY',
    problem: isKeyOf32,
    help: 'the key of API v2',
  },
  'v3-key': {
    value: 'KEY',
    variable: 'WECHAT_PAY_V3_KEY',
    problem: isKeyOf32,
    help: 'the APIv3 key, to open what is encrypted',
  },
  'merchant-cert': {
    value: 'FILE',
    help: "the merchant's certificate, for requests to API v3; it tells the merchant number, too",
  },
  'platform-key': {
    value: 'FILE',
    isList: true,
    help: "WeChat Pay's public key or certificate, for answers and notifications; any number",
  },
  keys: { value: 'DIR', help: 'take both from the --keys folder of a simulator' },
  appid: { value: 'ID', help: 'what the message has to name' },
  mchid: { value: 'ID', help: 'the same for the merchant' },
  'signed-text': {
    value: 'FILE',
    help: 'what your code signed, to find the first byte that differs',
  },
  at: { value: 'TIME', problem: isMoment, help: 'judge as at this time (RFC 3339), not as now' },
  lang: { value: 'LANG', standard: 'en', problem: oneOf(['en', 'zh']), help: 'en or zh' },
  json: { help: 'print JSON' },
} as const satisfies FlagTable

type ExplainFlags = Flags<keyof typeof EXPLAIN_FLAGS>

/** Says of one message whether it would be accepted; true when it would. */
export async function explainCommand(
  args: readonly string[],
  env: Environment = ENVIRONMENT,
  print: (line: string) => void = console.log,
): Promise<boolean> {
  const flags = readFlags(EXPLAIN_FLAGS, args, env)
  const explanation = explain(await messageOf(flags), await keysOf(flags))
  const language = flags.text('lang') === 'zh' ? 'zh' : 'en'
  print(
    flags.isSet('json')
      ? JSON.stringify(explanation, null, 2)
      : printExplanation(explanation, language),
  )
  return explanation.verdict === 'accepted'
}

async function messageOf(flags: ExplainFlags): Promise<HttpMessage> {
  const message = await readMessage(flags)
  const url = flags.text('url')
  return {
    ...message,
    method: flags.text('method') || message.method,
    target: url === '' ? message.target : pathOf(url),
  }
}

async function readMessage(flags: ExplainFlags): Promise<HttpMessage> {
  const [headers, body] = [flags.text('headers'), flags.text('body')]
  if (headers === '' && body === '') {
    const file = flags.text('file')
    const raw = file === '' ? await buffer(process.stdin) : await read('file', file)
    // A body alone, as a log has it, begins at once.
    const isBody = /^\s*[<{]/.test(raw.subarray(0, 64).toString('latin1'))
    return isBody ? { ...readHead(''), body: raw } : readRawHttp(raw)
  }
  const head = headers === '' ? '' : (await read('headers', headers)).toString('latin1')
  return { ...readHead(head), body: body === '' ? Buffer.alloc(0) : await read('body', body) }
}

async function keysOf(flags: ExplainFlags): Promise<ExplainKeys> {
  const folder = flags.text('keys')
  const inFolder = (name: keyof typeof KEY_FILES) =>
    folder === '' ? '' : join(folder, KEY_FILES[name])
  const merchant = flags.text('merchant-cert') || inFolder('merchantCert')
  const certificate =
    merchant === ''
      ? null
      : await readKey('merchant-cert', merchant, (pem) => ({
          ...readCertificate(pem),
          mchid: merchantNumberOf(pem),
        }))
  const kept = [inFolder('wechatPublicKey'), inFolder('platformCert')]
  const platform = [...flags.list('platform-key'), ...kept].filter((file) => file !== '')
  const signed = flags.text('signed-text')
  return {
    v2Key: flags.text('v2-key') || null,
    v3Key: flags.text('v3-key') || null,
    merchant: certificate,
    platform: await Promise.all(
      platform.map((file) => readKey('platform-key', file, readPlatformKey)),
    ),
    appid: flags.text('appid') || null,
    mchid: flags.text('mchid') || (certificate?.mchid ?? null),
    signedText: signed === '' ? null : (await read('signed-text', signed)).toString(),
    at: flags.isSet('at') ? new Date(flags.text('at')) : new Date(),
  }
}

async function readKey<Key>(flag: string, file: string, parse: (pem: string) => Key): Promise<Key> {
  const pem = (await read(flag, file)).toString()
  try {
    return parse(pem)
  } catch (error) {
    throw new UsageError(`--${flag} ${file} ${(error as Error).message}`, { cause: error })
  }
}

async function read(flag: string, file: string): Promise<Buffer> {
  try {
    return await readFile(file)
  } catch (error) {
    throw new UsageError(`--${flag} cannot be read: ${(error as Error).message}`, { cause: error })
  }
}
