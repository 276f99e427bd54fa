import { CONFIG_NAMES } from '../../config.ts'
import { parseOperators } from '../../settings/operators.ts'
import type { ACCOUNT_FINDINGS } from '../findings/account.ts'
import { isPlaceholder, setting, type Rule } from '../rule.ts'
import type { Situation } from '../situation.ts'

const REQUIRED = ['SESSION_SECRET', 'WECHAT_APPID', 'WECHAT_APP_SECRET', 'WECHAT_PAY_MCHID']

/** What .env.example says, and nobody else has. */
const EXAMPLES: Readonly<Record<string, string>> = {
  WECHAT_APPID: 'wx0123456789abcdef',
  WECHAT_PAY_MCHID: '1900000001',
}

const SECRETS = [
  'SESSION_SECRET',
  'SESSION_SECRET_PREVIOUS',
  'WECHAT_APP_SECRET',
  'WECHAT_PAY_V2_KEY',
  'WECHAT_PAY_V3_KEY',
]
const MIN_SECRET_CHARACTERS = 32

/** `setting_refused` comes from the server itself, see `examine.ts`. */
type Ours = Exclude<keyof typeof ACCOUNT_FINDINGS, 'setting_refused'>

export const ACCOUNT_RULES = {
  setting_missing: ({ given }) =>
    REQUIRED.filter((name) => given[name] === undefined).map((at) => ({ at })),
  setting_placeholder: ({ given, isReal }) =>
    CONFIG_NAMES.filter((name) => {
      const value = given[name] ?? ''
      return isPlaceholder(value) || (isReal && value !== '' && EXAMPLES[name] === value)
    }).map((at) => ({ at })),
  appid_shape: setting('WECHAT_APPID', (appid) => /^wx[0-9a-f]{16}$/.test(appid)),
  app_secret_shape: (situation) =>
    situation.isReal
      ? setting('WECHAT_APP_SECRET', (secret) => /^[0-9a-f]{32}$/i.test(secret))(situation)
      : null,
  mchid_shape: setting('WECHAT_PAY_MCHID', (mchid) => /^[0-9]{8,10}$/.test(mchid)),
  session_secret_short: ({ given }) =>
    ['SESSION_SECRET', 'SESSION_SECRET_PREVIOUS']
      .filter((name) => (given[name]?.length ?? MIN_SECRET_CHARACTERS) < MIN_SECRET_CHARACTERS)
      .map((at) => ({ at })),
  secret_used_twice: (situation) =>
    repeatedIn(secretsOf(situation)).map(([at, detail]) => ({ at, detail })),
} as const satisfies Record<Ours, Rule>

function secretsOf({ given, settings }: Situation): [name: string, value: string][] {
  const tokens = (parseOperators(settings['OPERATORS'] ?? '') ?? []).map(({ token }) => token)
  const named = SECRETS.map((name): [string, string] => [name, given[name] ?? ''])
  const all = [...named, ...tokens.map((token): [string, string] => ['OPERATORS', token])]
  return all.filter(([, value]) => value !== '' && !isPlaceholder(value))
}

/** Each that has the value of one before it, with the name of that one. */
function repeatedIn(secrets: [name: string, value: string][]): [string, string][] {
  return secrets.flatMap(([name, value], i) => {
    const first = secrets.findIndex(([, other]) => other === value)
    return first === i ? [] : [[name, `= ${secrets[first]?.[0] ?? ''}`]]
  })
}
