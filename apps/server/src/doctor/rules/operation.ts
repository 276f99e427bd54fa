import { OPERATOR_SCOPES } from '@dashang/shared/contracts/route'
import { parseOperators } from '../../settings/operators.ts'
import type { OPERATION_FINDINGS } from '../findings/operation.ts'
import { HOST_SETTINGS, isWeChat, parseUrl } from '../hosts.ts'
import type { Rule } from '../rule.ts'
import type { Settings } from '../situation.ts'

const MAX_DESCRIPTION_BYTES = 127
const SECONDS_OF_A_DAY = 86_400
/** A person at the cashier looks for a card, a face and a password. */
const MIN_LAST_SECONDS = 60

export const OPERATION_RULES = {
  database_embedded: ({ settings }) => {
    const isPaid = HOST_SETTINGS.filter((name) => name !== 'WECHAT_API_BASE_URL').some((name) => {
      const url = parseUrl(settings[name])
      return url !== null && isWeChat(url)
    })
    if (!isPaid) return null
    return settings['DATABASE_URL'] === undefined ? [{ at: 'DATABASE_URL' }] : []
  },
  tip_limits: ({ settings }) => {
    const [min, max] = [fenOf(settings, 'TIP_MIN_FEN'), fenOf(settings, 'TIP_MAX_FEN')]
    if (min === null) return [{ at: 'TIP_MIN_FEN' }]
    return max === null || min > max ? [{ at: 'TIP_MAX_FEN' }] : []
  },
  tip_description_long: ({ settings }) => {
    const bytes = Buffer.byteLength(settings['TIP_DESCRIPTION'] ?? '')
    const isRight = bytes <= MAX_DESCRIPTION_BYTES
    return isRight ? [] : [{ at: 'TIP_DESCRIPTION', detail: `${bytes} > ${MAX_DESCRIPTION_BYTES}` }]
  },
  follow_up_wrong: ({ settings }) =>
    followUpOf(settings) === null ? [{ at: 'FOLLOW_UP_SECONDS' }] : [],
  follow_up_early: ({ settings, isReal }) => {
    const last = followUpOf(settings)?.at(-1)
    if (!isReal || last === undefined) return null
    return last >= MIN_LAST_SECONDS ? [] : [{ at: 'FOLLOW_UP_SECONDS', detail: String(last) }]
  },
  operators_wrong: ({ settings }) =>
    parseOperators(settings['OPERATORS'] ?? '') === null ? [{ at: 'OPERATORS' }] : [],
  operators_none: ({ settings }) => {
    const operators = parseOperators(settings['OPERATORS'] ?? '')
    if (operators === null) return null
    const held = new Set(operators.flatMap(({ scopes }) => scopes))
    const missing = OPERATOR_SCOPES.filter((scope) => !held.has(scope))
    return missing.map((detail) => ({ at: 'OPERATORS', detail }))
  },
  proxies_trust_all: ({ given }) => {
    const { TRUSTED_PROXIES: proxies } = given
    if (proxies === undefined) return null
    const isEverybody = proxies.split(',').some((each) => /^(?:.*\/0|true|\*)$/.test(each.trim()))
    return isEverybody ? [{ at: 'TRUSTED_PROXIES' }] : []
  },
} as const satisfies Record<keyof typeof OPERATION_FINDINGS, Rule>

function fenOf(settings: Settings, name: string): number | null {
  const text = settings[name] ?? ''
  return /^[1-9][0-9]{0,8}$/.test(text) ? Number(text) : null
}

/** `null` for what is no such list: up to 20 times, each later than the one before. */
function followUpOf(settings: Settings): number[] | null {
  const text = settings['FOLLOW_UP_SECONDS'] ?? ''
  if (!/^[0-9]{1,5}(,[0-9]{1,5}){0,19}$/.test(text)) return null
  const seconds = text.split(',').map(Number)
  const isRight = seconds.every((s, i) => s > (seconds[i - 1] ?? 0) && s <= SECONDS_OF_A_DAY)
  return isRight ? seconds : null
}
