import { SIGN_TYPES } from '@dashang/shared/signing/v2'
import { Ajv, type ErrorObject } from 'ajv'
import { Type, type Static } from 'typebox'
import { readClientCertificate } from './settings/client-certificate.ts'
import { CREATOR_ENVIRONMENT, creatorProblems } from './settings/creator-environment.ts'
import { OPERATORS_PROBLEM, parseOperators, type Operators } from './settings/operators.ts'
import { readV3Keys } from './settings/v3-keys.ts'
import { CHANNEL_NAMES, type ChannelName } from './wechat/channel-names.ts'
import type { ClientCertificate } from './wechat/http.ts'
import type { V3Keys } from './wechat/v3/account.ts'

const WECHAT_PAY_HOSTS = ['api.mch.weixin.qq.com', 'api2.mch.weixin.qq.com']
const SECONDS_OF_A_DAY = 86_400

const HttpUrl = (options: { default?: string } = {}) =>
  Type.String({ pattern: '^https?://[^/?#\\s]+/?$', ...options })
const PerMinute = (standard: number) => Type.Integer({ default: standard, minimum: 1 })
const Secret = () => Type.String({ minLength: 32 })

const Env = Type.Object({
  HOST: Type.String({ default: '127.0.0.1' }),
  PORT: Type.Integer({ default: 3000, minimum: 0, maximum: 65_535 }),
  /** Where WeChat reaches this server; the notify addresses are built from it. */
  PUBLIC_URL: HttpUrl({ default: 'http://127.0.0.1:3000' }),
  /** Proxies that are believed about the address of a client: addresses or ranges, with commas. */
  TRUSTED_PROXIES: Type.Optional(Type.String()),
  LOG_LEVEL: Type.Enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'], { default: 'info' }),
  /** Absent: an embedded database in `DATA_DIR`, for development only. */
  DATABASE_URL: Type.Optional(Type.String({ pattern: '^postgres(ql)?://' })),
  DATA_DIR: Type.String({ default: '.data' }),
  SESSION_SECRET: Secret(),
  SESSION_SECRET_PREVIOUS: Type.Optional(Secret()),
  WECHAT_APPID: Type.String({ minLength: 1, maxLength: 32 }),
  WECHAT_APP_SECRET: Type.String({ minLength: 1 }),
  WECHAT_API_BASE_URL: HttpUrl({ default: 'https://api.weixin.qq.com' }),
  WECHAT_PAY_BASE_URL: HttpUrl({ default: `https://${WECHAT_PAY_HOSTS[0]}` }),
  /** When that host cannot be reached; for API v3. */
  WECHAT_PAY_BACKUP_BASE_URL: Type.Optional(HttpUrl()),
  WECHAT_PAY_MCHID: Type.String({ minLength: 1, maxLength: 32 }),
  /** What new orders are placed with. An order stays with the one that it was placed with. */
  WECHAT_PAY_CHANNEL: Type.Enum([...CHANNEL_NAMES], { default: 'v2' }),
  /** Each of the two keys says that its channel is there. */
  WECHAT_PAY_V2_KEY: Type.Optional(Type.String({ minLength: 32, maxLength: 32 })),
  WECHAT_PAY_V3_KEY: Type.Optional(Type.String()),
  WECHAT_PAY_V2_SIGN_TYPE: Type.Enum([...SIGN_TYPES], { default: 'HMAC-SHA256' }),
  /** For refunds of API v2, which WeChat takes only from who shows the certificate of the merchant. */
  WECHAT_PAY_MTLS_BASE_URL: Type.Optional(HttpUrl()),
  /** PEM text, or the path of a file with it; both or neither. API v3 signs with the key. */
  WECHAT_PAY_CLIENT_CERT: Type.Optional(Type.String()),
  WECHAT_PAY_CLIENT_KEY: Type.Optional(Type.String()),
  /** One more root that is trusted on that host. */
  WECHAT_PAY_CA_CERT: Type.Optional(Type.String()),
  /** What the console says it is; it is read from the certificate, and this is held against it. */
  WECHAT_PAY_MERCHANT_SERIAL: Type.Optional(Type.String()),
  /** JSON: the public keys of WeChat Pay with their ids. Without one, certificates are asked for. */
  WECHAT_PAY_PUBLIC_KEYS: Type.Optional(Type.String()),
  /** JSON: certificates of WeChat Pay that are known before it is asked. */
  WECHAT_PAY_PLATFORM_CERTIFICATES: Type.Optional(Type.String()),
  /** The longest wait for an answer of WeChat. */
  WECHAT_TIMEOUT_MS: Type.Integer({ default: 5000, minimum: 100, maximum: 30_000 }),
  /** Whether WeChat has to let pass what is written with a tip (msgSecCheck). */
  WECHAT_MESSAGE_CHECK: Type.Enum(['on', 'off'], { default: 'off' }),
  /** Limits for each user, or for each address where nobody is logged in. */
  REQUESTS_PER_MINUTE: PerMinute(300),
  LOGINS_PER_MINUTE: PerMinute(60),
  PREPAYS_PER_MINUTE: PerMinute(30),
  CONFIRMS_PER_MINUTE: PerMinute(60),
  /** When WeChat is asked about an order that nobody told of, counted from its making. */
  FOLLOW_UP_SECONDS: Type.String({
    default: '5,30,60,180,300,600,1800',
    pattern: '^[0-9]{1,5}(,[0-9]{1,5}){0,19}$',
  }),
  /** The newest of what claimed to be a notification and was not one. */
  REFUSED_NOTIFICATIONS_KEPT: Type.Integer({ default: 1000, minimum: 1, maximum: 100_000 }),
  /** WeChat repeats a notification for a day; after this only what it came to is kept. */
  NOTIFICATION_BODY_DAYS: Type.Integer({ default: 180, minimum: 7, maximum: 36_500 }),
  /** A payment may be refunded for a year, so its events stay longer than that. */
  EVENT_DAYS: Type.Integer({ default: 730, minimum: 400, maximum: 36_500 }),
  /** JSON: who may use `/api/admin`, each with a token and what it is good for. */
  OPERATORS: Type.String({ default: '[]' }),
  ...CREATOR_ENVIRONMENT,
})

export type Config = Readonly<Static<typeof Env>> & {
  readonly operators: Operators
  /** At least one, each later than the one before. */
  readonly followUpSeconds: readonly number[]
  readonly clientCertificate: ClientCertificate | null
  /** `null`: there is no API v3. */
  readonly v3Keys: V3Keys | null
}

/** Every name that the server reads, for the test that compares them with `.env.example`. */
export const CONFIG_NAMES = Object.keys(Env.properties)

/** What the server takes for what is not set. */
export const CONFIG_DEFAULTS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(Env.properties).flatMap(([name, schema]) =>
    'default' in schema ? [[name, String(schema.default)]] : [],
  ),
)

/** A name with nothing behind it, as compose files write it, is a name not set. */
export const givenSettings = (env: Readonly<Record<string, string | undefined>> = process.env) =>
  Object.fromEntries(Object.entries(env).filter(([, value]) => value))

/** A configuration that the server cannot start with; the message is for the person who wrote it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  /** Each begins with the name of its setting. */
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(`Invalid environment:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
    this.problems = problems
  }
}

// "3000" becomes 3000; "3000.5" and "80a" do not, and nothing is cut to fit.
const validate = new Ajv({
  allErrors: true,
  coerceTypes: true,
  useDefaults: true,
  removeAdditional: 'all',
}).compile<Static<typeof Env>>({ ...Env, additionalProperties: false })

/** Reports every problem at once and by name only: most of these values are secrets. */
export function loadConfig(
  env: Readonly<Record<string, string | undefined>> = process.env,
): Config {
  const config: unknown = givenSettings(env)
  if (!validate(config)) throw configError((validate.errors ?? []).map(describe))
  const client = readClientCertificate(config)
  const v3 = client.problems.length > 0 ? NOTHING_READ : readV3Keys(config, client.certificate)
  const problems = [
    ...contradictionsIn(config),
    ...creatorProblems(config),
    ...client.problems,
    ...v3.problems,
  ]
  if (problems.length > 0) throw configError(problems)
  return Object.freeze({
    ...config,
    operators: parseOperators(config.OPERATORS) ?? [],
    followUpSeconds: secondsOf(config.FOLLOW_UP_SECONDS),
    clientCertificate: client.certificate,
    v3Keys: v3.keys,
  })
}

/** A certificate that cannot be read is one problem, and not two. */
const NOTHING_READ = { keys: null, problems: [] } as const

const secondsOf = (text: string) => text.split(',').map(Number)

function describe({ keyword, params, instancePath, message = 'is wrong' }: ErrorObject): string {
  return keyword === 'required'
    ? `${String(params['missingProperty'])}: is missing`
    : `${instancePath.slice(1)}: ${message}`
}

const KEY_OF = { v2: 'WECHAT_PAY_V2_KEY', v3: 'WECHAT_PAY_V3_KEY' } as const satisfies Record<
  ChannelName,
  keyof Static<typeof Env>
>

function contradictionsIn(config: Static<typeof Env>): string[] {
  const rules: [isBroken: boolean, problem: string][] = [
    [parseOperators(config.OPERATORS) === null, OPERATORS_PROBLEM],
    [
      secondsOf(config.FOLLOW_UP_SECONDS).some(
        (seconds, i, all) => seconds <= (all[i - 1] ?? 0) || seconds > SECONDS_OF_A_DAY,
      ),
      'FOLLOW_UP_SECONDS: is not up to 20 whole seconds, each more than the one before and none' +
        ' more than a day',
    ],
    ...CHANNEL_NAMES.map((name): [boolean, string] => [
      config.WECHAT_PAY_CHANNEL === name && config[KEY_OF[name]] === undefined,
      `${KEY_OF[name]}: is missing; WECHAT_PAY_CHANNEL is ${name}`,
    ]),
    [
      config.DATABASE_URL === undefined &&
        WECHAT_PAY_HOSTS.includes(new URL(config.WECHAT_PAY_BASE_URL).hostname),
      'DATABASE_URL: is missing; the embedded database may lose money in a power cut, so it is' +
        " not used with WeChat's real payment host",
    ],
  ]
  return rules.filter(([isBroken]) => isBroken).map(([, problem]) => problem)
}

function configError(problems: string[]): ConfigError {
  return new ConfigError([...new Set(problems)])
}
