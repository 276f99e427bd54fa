import { visible } from './difference.ts'
import type { Explanation } from './explanation.ts'
import { RULES, type Words } from './rules.ts'

export type Language = keyof Words

const VERDICTS = {
  accepted: { en: 'Accepted', zh: '通过' },
  refused: { en: 'Refused', zh: '拒绝' },
  unknown: { en: 'Not known', zh: '无法判断' },
} as const satisfies Record<Explanation['verdict'], Words>

const LABELS = {
  detail: { en: 'detail', zh: '详情' },
  mistake: { en: 'mistake', zh: '原因' },
  toSign: { en: 'to sign', zh: '待签名串' },
  expected: { en: 'expected', zh: '应为' },
  given: { en: 'given', zh: '实际' },
  opened: { en: 'inside', zh: '明文' },
} as const satisfies Readonly<Record<string, Words>>

/** An explanation for a person. */
export function printExplanation(explanation: Explanation, language: Language): string {
  const { kind, verdict, rule, mistake, difference } = explanation
  const reason = rule === null ? '' : `: ${RULES[rule][language]}`
  const { detail, toSign, expected, given, opened } = explanation
  const shown = { detail, mistake: mistake?.[language] ?? null, toSign, expected, given, opened }
  const lines = (Object.keys(LABELS) as (keyof typeof LABELS)[]).flatMap((name) => {
    const text = shown[name]
    if (text === null || text === '') return []
    return [`  ${LABELS[name][language]}: ${name === 'toSign' ? visible(text) : text}`]
  })
  const where =
    difference === null
      ? []
      : [
          language === 'en'
            ? `  first byte that differs: ${difference.at}`
            : `  第一个不同的字节：${difference.at}`,
          `    + ${difference.expected}`,
          `    - ${difference.given}`,
        ]
  return [`${VERDICTS[verdict][language]}${reason}`, `  ${kind}`, ...lines, ...where].join('\n')
}
