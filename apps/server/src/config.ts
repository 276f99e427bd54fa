import { OPERATOR_SCOPES } from '@dashang/shared/contracts/route'
import { SIGN_TYPES } from '@dashang/shared/signing/v2'
import { Ajv, type ErrorObject } from 'ajv'
import { Type, type Static } from 'typebox'
import { readClientCertificate } from './client-certificate.ts'
import { CREATOR_ENVIRONMENT, creatorProblems } from './creator-environment.ts'
import type { ClientCertificate } from './wechat/http.ts'

const WECHAT_PAY_HOSTS = ['api.mch.weixin.qq.com', 'api2.mch.weixin.qq.com']
const MAX_DESCRIPTION_BYTES = 127
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
  WECHAT_PAY_MCHID: Type.String({ minLength: 1, maxLength: 32 }),
  WECHAT_PAY_V2_KEY: Type.String({ minLength: 32, maxLength: 32 }),
  WECHAT_PAY_V2_SIGN_TYPE: Type.Enum([...SIGN_TYPES], { default: 'HMAC-SHA256' }),
  /** For refunds, which WeChat takes only from who shows the certificate of the merchant. */
  WECHAT_PAY_MTLS_BASE_URL: Type.Optional(HttpUrl()),
  /** PEM text, or the path of a file with it; both or neither. */
  WECHAT_PAY_CLIENT_CERT: Type.Optional(Type.String()),
  WECHAT_PAY_CLIENT_KEY: Type.Optional(Type.String()),
  /** One more root that is trusted on that host. */
  WECHAT_PAY_CA_CERT: Type.Optional(Type.String()),
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

const Operators = Type.Array(
  Type.Object(
    {
      name: Type.String({ pattern: '^[\\w.@-]{1,64}$' }),
      token: Secret(),
      scopes: Type.Array(Type.Enum([...OPERATOR_SCOPES])),
    },
    { additionalProperties: false },
  ),
)

export type Config = Readonly<Static<typeof Env>> & {
  readonly operators: Readonly<Static<typeof Operators>>
  /** At least one, each later than the one before. */
  readonly followUpSeconds: readonly number[]
  readonly clientCertificate: ClientCertificate | null
}

/** Every name that the server reads, for the test that compares them with `.env.example`. */
export const CONFIG_NAMES = Object.keys(Env.properties)

/** A configuration that the server cannot start with; the message is for the person who wrote it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

// "3000" becomes 3000; "3000.5" and "80a" do not, and nothing is cut to fit.
const validate = new Ajv({
  allErrors: true,
  coerceTypes: true,
  useDefaults: true,
  removeAdditional: 'all',
}).compile<Static<typeof Env>>({ ...Env, additionalProperties: false })
const isOperators = new Ajv().compile<Static<typeof Operators>>(Operators)

/** Reports every problem at once and by name only: most of these values are secrets. */
export function loadConfig(
  env: Readonly<Record<string, string | undefined>> = process.env,
): Config {
  // A name with nothing behind it, as compose files write it, is a name not set.
  const config: unknown = Object.fromEntries(Object.entries(env).filter(([, value]) => value))
  if (!validate(config)) throw configError((validate.errors ?? []).map(describe))
  const { certificate: clientCertificate, problems } = readClientCertificate(config)
  const contradictions = [...contradictionsIn(config), ...creatorProblems(config), ...problems]
  if (contradictions.length > 0) throw configError(contradictions)
  return Object.freeze({
    ...config,
    operators: parseOperators(config.OPERATORS) ?? [],
    followUpSeconds: secondsOf(config.FOLLOW_UP_SECONDS),
    clientCertificate,
  })
}

const secondsOf = (text: string) => text.split(',').map(Number)

/** `null` for what is not such a list, or names somebody twice. */
function parseOperators(text: string): Config['operators'] | null {
  try {
    const operators: unknown = JSON.parse(text)
    if (!isOperators(operators)) return null
    const isUnique = (values: string[]) => new Set(values).size === values.length
    const [names, tokens] = [operators.map((o) => o.name), operators.map((o) => o.token)]
    return isUnique(names) && isUnique(tokens) ? operators : null
  } catch {
    return null
  }
}

function describe({ keyword, params, instancePath, message = 'is wrong' }: ErrorObject): string {
  return keyword === 'required'
    ? `${String(params['missingProperty'])}: is missing`
    : `${instancePath.slice(1)}: ${message}`
}

function contradictionsIn(config: Static<typeof Env>): string[] {
  const rules: [isBroken: boolean, problem: string][] = [
    [
      Buffer.byteLength(config.TIP_DESCRIPTION) > MAX_DESCRIPTION_BYTES,
      `TIP_DESCRIPTION: has more than ${MAX_DESCRIPTION_BYTES} bytes of UTF-8`,
    ],
    [
      parseOperators(config.OPERATORS) === null,
      'OPERATORS: is not a JSON list of {"name", "token", "scopes"}, each name and token once;' +
        ` a token has at least 32 characters, scopes are ${OPERATOR_SCOPES.join(', ')}`,
    ],
    [
      secondsOf(config.FOLLOW_UP_SECONDS).some(
        (seconds, i, all) => seconds <= (all[i - 1] ?? 0) || seconds > SECONDS_OF_A_DAY,
      ),
      'FOLLOW_UP_SECONDS: is not up to 20 whole seconds, each more than the one before and none' +
        ' more than a day',
    ],
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
  const lines = [...new Set(problems)].map((problem) => `  ${problem}`)
  return new ConfigError(`Invalid environment:\n${lines.join('\n')}`)
}
