import { CHECKS, type Report, type Result } from './run.ts'

const MARKS = { passed: '✓', failed: '✗', skipped: '–' } as const satisfies Record<
  Result['outcome'],
  string
>

/** One result as a person reads it; a failure with its reason and what mends it. */
export function resultLine({ id, outcome, detail }: Result): string {
  const check = CHECKS[id]
  const lines = [`${MARKS[outcome]} ${id}: ${check?.title ?? ''}`, `    ${detail}`]
  if (outcome === 'failed')
    lines.push(`    why  ${check?.why ?? ''}`, `    fix  ${check?.fix ?? ''}`)
  return lines.join('\n')
}

/** The last line. */
export function summaryLine({ channel, results }: Report): string {
  const count = (outcome: Result['outcome']) =>
    results.filter((result) => result.outcome === outcome).length
  return `${channel ?? 'no order'}: ${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`
}

export const hasFailed = ({ results }: Report) =>
  results.some(({ outcome }) => outcome === 'failed')

/** For a script: every check with its words. */
export function toJson({ channel, results }: Report): string {
  const rows = results.map((result) => {
    const { title = '', why = '', fix = '' } = CHECKS[result.id] ?? {}
    return { ...result, title, why, fix }
  })
  return `${JSON.stringify({ channel, results: rows }, null, 2)}\n`
}

/** For a build server. */
export function toJunit({ channel, results }: Report): string {
  const names = ['wechat-simulator', ...(channel === null ? [] : [channel])]
  const count = (outcome: Result['outcome']) =>
    results.filter((result) => result.outcome === outcome).length
  const cases = results.map(({ id, outcome, detail, tookMs }) => {
    const { title = '', why = '', fix = '' } = CHECKS[id] ?? {}
    const text = escape(`${why}\n${fix}`)
    const inside = {
      passed: '',
      failed: `<failure message="${escape(detail)}">${text}</failure>`,
      skipped: `<skipped message="${escape(detail)}"/>`,
    }[outcome]
    return `  <testcase classname="${names.join('.')}" name="${escape(title)}" time="${seconds(tookMs)}">${inside}</testcase>`
  })
  const total = results.reduce((sum, { tookMs }) => sum + tookMs, 0)
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuite name="${names.join(' ')}" tests="${results.length}" failures="${count('failed')}" skipped="${count('skipped')}" time="${seconds(total)}">`,
    ...cases,
    '</testsuite>',
    '',
  ].join('\n')
}

const seconds = (ms: number) => String(ms / 1000)

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}

// A server may answer anything, also what XML has no way to write.
function escape(text: string): string {
  return text
    .toWellFormed()
    .replace(/[&<>"]/g, (character) => ENTITIES[character] ?? '')
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '?')
}
