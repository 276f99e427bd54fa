import { visible, type Difference } from './difference.ts'
import type { Explanation } from './explanation.ts'
import { RULES, UNCHECKED, type Words } from './rules.ts'

export type Language = keyof Words

const VERDICTS = {
  accepted: { en: 'Accepted', zh: '通过' },
  refused: { en: 'Refused', zh: '拒绝' },
  unknown: { en: 'Not known', zh: '无法判断' },
} as const satisfies Record<Explanation['verdict'], Words>

const BY_ITSELF: Words = {
  en: ', as far as a request by itself can tell',
  zh: '（仅就请求本身而言）',
}

const LABELS = {
  answer: { en: 'answer', zh: '微信应答' },
  unchecked: { en: 'not checked', zh: '未检查' },
  detail: { en: 'detail', zh: '详情' },
  mistake: { en: 'mistake', zh: '原因' },
  toSign: { en: 'to sign', zh: '待签名串' },
  expected: { en: 'expected', zh: '应为' },
  given: { en: 'given', zh: '实际' },
  opened: { en: 'inside', zh: '明文' },
} as const satisfies Readonly<Record<string, Words>>

/** An explanation for a person. */
export function printExplanation(explanation: Explanation, language: Language): string {
  const { kind, verdict, rule, mistake, unchecked, answer } = explanation
  const reason = rule === null ? '' : `: ${RULES[rule][language]}`
  const limit = verdict === 'accepted' && unchecked.length > 0 ? BY_ITSELF[language] : ''
  const shown = {
    ...explanation,
    mistake: mistake?.[language] ?? null,
    answer: answer && [answer.status, answer.code, answer.message].filter(Boolean).join(' '),
    unchecked: unchecked.map((name) => UNCHECKED[name][language]).join('; '),
  }
  const lines = (Object.keys(LABELS) as (keyof typeof LABELS)[]).flatMap((name) => {
    const text = shown[name]
    if (text === null || text === '') return []
    return [`  ${LABELS[name][language]}: ${name === 'toSign' ? visible(text) : text}`]
  })
  const about = kind === null ? [] : [`  ${kind}`]
  const where = differenceLines(explanation.difference, language)
  return [`${VERDICTS[verdict][language]}${limit}${reason}`, ...about, ...lines, ...where].join(
    '\n',
  )
}

function differenceLines(difference: Difference | null, language: Language): readonly string[] {
  if (difference === null) return []
  const { at, expected, given } = difference
  const where = language === 'en' ? 'first byte that differs: ' : '第一个不同的字节：'
  return [`  ${where}${at}`, `    + ${expected}`, `    - ${given}`]
}
