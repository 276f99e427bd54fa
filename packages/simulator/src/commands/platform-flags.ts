import { KEY_MODES } from '../pay-v3/key-settings.ts'
import type { FlagTable } from './flags.ts'
import { isKeyOf32, isMoment, isPort, isShort, isUrl, oneOf } from './values.ts'

/** Who the merchant is, and where the simulator listens. */
export const PLATFORM_FLAGS = {
  host: {
    value: 'ADDRESS',
    variable: 'SIMULATOR_HOST',
    standard: '127.0.0.1',
    help: 'the address to listen on',
  },
  port: {
    value: 'PORT',
    variable: 'SIMULATOR_PORT',
    standard: '4000',
    problem: isPort,
    help: 'plain HTTP, the pages, and the HTTPS proxy; 0 takes any free one',
  },
  'tls-port': {
    value: 'PORT',
    variable: 'SIMULATOR_TLS_PORT',
    standard: '4443',
    problem: isPort,
    help: 'the same over TLS, where client certificates count',
  },
  appid: {
    value: 'ID',
    variable: 'WECHAT_APPID',
    standard: 'wx0123456789abcdef',
    problem: isShort,
    help: 'the mini-program',
  },
  'app-secret': {
    value: 'TEXT',
    variable: 'WECHAT_APP_SECRET',
    standard: 'simulator-app-secret',
    help: 'its secret, for code2Session',
  },
  mchid: {
    value: 'ID',
    variable: 'WECHAT_PAY_MCHID',
    standard: '1900000001',
    problem: isShort,
    help: 'the merchant',
  },
  merchant: {
    value: 'NAME',
    variable: 'SIMULATOR_MERCHANT',
    standard: '打赏小店',
    help: 'its name at the cashier',
  },
  'v2-key': {
    value: 'KEY',
    variable: 'WECHAT_PAY_V2_KEY',
    standard: 'simulator-v2-key-simulator-v2-ke',
    problem: isKeyOf32,
    help: 'the key of API v2, 32 characters',
  },
  'v3-key': {
    value: 'KEY',
    variable: 'WECHAT_PAY_V3_KEY',
    standard: 'simulator-v3-key-simulator-v3-ke',
    problem: isKeyOf32,
    help: 'the APIv3 key, 32 bytes',
  },
  'key-mode': {
    value: 'MODE',
    variable: 'SIMULATOR_KEY_MODE',
    problem: oneOf(KEY_MODES),
    help: `which keys of WeChat's the merchant has in API v3: ${KEY_MODES.join(', ')}; without it those of --state, else public_key`,
  },
  'refund-notify-url': {
    value: 'URL',
    variable: 'SIMULATOR_REFUND_NOTIFY_URL',
    problem: isUrl,
    help: 'where refunds are told whose request names no address',
  },
  keys: {
    value: 'DIR',
    variable: 'SIMULATOR_KEYS',
    help: 'keep certificates and keys here, made on the first start',
  },
  seed: {
    value: 'TEXT',
    variable: 'SIMULATOR_SEED',
    help: 'draw every number, nonce, token, key and certificate from this text, and stop the clock',
  },
  'export-ca': {
    value: 'FILE',
    variable: 'SIMULATOR_EXPORT_CA',
    help: 'write the root certificate that a client has to trust',
  },
} as const satisfies FlagTable

/** Which clock the timestamps of API v3 are made and checked by. */
export const STAMPS = ['real', 'clock'] as const
export type Stamps = (typeof STAMPS)[number]

export const SERVE_FLAGS = {
  ...PLATFORM_FLAGS,
  state: {
    value: 'FILE',
    variable: 'SIMULATOR_STATE',
    help: 'go on from here at the start, with its clock, and save it all at the end',
  },
  clock: {
    value: 'TIME',
    variable: 'SIMULATOR_CLOCK',
    problem: isMoment,
    help: 'start the clock at this time (RFC 3339), not at that of --state or the real one',
  },
  stamps: {
    value: 'CLOCK',
    variable: 'SIMULATOR_STAMPS',
    standard: 'real',
    problem: oneOf(STAMPS),
    help: 'which clock signatures of API v3 go by: real, as the server beside it does, or clock',
  },
  quiet: { help: 'print one line at the start' },
} as const satisfies FlagTable
