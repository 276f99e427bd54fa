import { LANGUAGES, type Language } from './finding.ts'
import { FINDINGS, type Diagnosis, type Finding, type FindingCode } from './findings.ts'

const WORDS = {
  zh: { why: '为什么', mend: '怎么改', right: '项正确', wrong: '项要改' },
  en: { why: 'Why it matters', mend: 'How to mend it', right: 'right', wrong: 'to mend' },
} as const satisfies Record<Language, object>

/** The language of a locale such as `zh_CN.UTF-8`; both where it is neither. */
export function languagesFor(locale: string | undefined): readonly Language[] {
  const known = LANGUAGES.filter((language) => locale?.toLowerCase().startsWith(language))
  return known.length > 0 ? known : LANGUAGES
}

/** For people: every finding with its reason and its remedy, then the card. */
export function describeDiagnosis(diagnosis: Diagnosis, languages: readonly Language[]): string {
  const byCode = Map.groupBy(diagnosis.findings, ({ code }) => code)
  const findings = [...byCode].map(([code, each]) => describe(code, each, languages))
  return [...findings, card(diagnosis, languages)].join('\n\n')
}

/** For programs: the same, in every language. */
export function writeDiagnosis({ right, findings }: Diagnosis): string {
  const full = findings.map((finding) => ({ ...finding, ...FINDINGS[finding.code] }))
  return JSON.stringify({ right, toMend: findings.length, findings: full }, null, 2)
}

/** All places of one kind together; its words are said once. */
function describe(
  code: FindingCode,
  findings: readonly Finding[],
  languages: readonly Language[],
): string {
  const titles = findings.map(({ at, detail }) => {
    return `✗ ${at}${detail === undefined ? '' : ` (${detail})`}  [${code}]`
  })
  const texts = languages.flatMap((language) => {
    const { what, why, mend } = FINDINGS[code][language]
    const words = WORDS[language]
    return [`  ${what}`, `    ${words.why}: ${why}`, `    ${words.mend}: ${mend}`]
  })
  return [...titles, ...texts].join('\n')
}

function card({ right, findings }: Diagnosis, languages: readonly Language[]): string {
  const mark = findings.length === 0 ? '✓' : '✗'
  const lines = languages.map((language) => {
    const words = WORDS[language]
    return language === 'zh'
      ? `${mark} ${right} ${words.right}，${findings.length} ${words.wrong}`
      : `${mark} ${right} ${words.right}, ${findings.length} ${words.wrong}`
  })
  const rule = '─'.repeat(Math.max(...lines.map((line) => line.length)) + 4)
  return [rule, ...lines, rule].join('\n')
}
