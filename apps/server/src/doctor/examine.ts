import { ConfigError, loadConfig } from '../config.ts'
import type { Diagnosis, Finding, FindingCode } from './findings.ts'
import { ACCOUNT_RULES } from './rules/account.ts'
import { ADDRESS_RULES } from './rules/addresses.ts'
import { KEY_RULES } from './rules/keys.ts'
import { OPERATION_RULES } from './rules/operation.ts'
import { PAIR_RULES } from './rules/pair.ts'
import { PLATFORM_RULES } from './rules/platform.ts'
import type { Rule } from './rule.ts'
import type { Situation } from './situation.ts'

const RULES: Readonly<Partial<Record<FindingCode, Rule>>> = {
  ...ACCOUNT_RULES,
  ...KEY_RULES,
  ...PAIR_RULES,
  ...PLATFORM_RULES,
  ...ADDRESS_RULES,
  ...OPERATION_RULES,
}

/** Holds the configuration against itself; every rule is asked, whatever the others say. */
export function examine(situation: Situation): Diagnosis {
  const findings: Finding[] = []
  let right = 0
  for (const code of Object.keys(RULES) as FindingCode[]) {
    const found = RULES[code]?.(situation) ?? null
    if (found?.length === 0) right++
    findings.push(...(found ?? []).map((each) => ({ code, ...each })))
  }
  const refused = refusedBy(situation, new Set(findings.map(({ at }) => at)))
  return { right: right + (refused.length === 0 ? 1 : 0), findings: [...findings, ...refused] }
}

/** What the server itself would complain about, as far as no rule has said it better. */
function refusedBy({ given }: Situation, known: ReadonlySet<string>): Finding[] {
  try {
    loadConfig(given)
    return []
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return error.problems
      .map((problem) => /^(\w+): (.*)$/.exec(problem) ?? [problem, problem, ''])
      .filter(([, at = '']) => !known.has(at))
      .map(([, at = '', detail = '']) => ({ code: 'setting_refused' as const, at, detail }))
  }
}
