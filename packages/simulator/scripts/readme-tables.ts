import { FAULTS } from '../src/fault-table.ts'
import { ERRORS as MINI_PROGRAM_ERRORS } from '../src/mini-program/errors.ts'
import { ERRORS as V2_ERRORS, sentCode, type V2Error } from '../src/pay-v2/errors.ts'
import { ERRORS as V3_ERRORS } from '../src/pay-v3/errors.ts'

/** The tables of the README, made of the tables of the code, each by the name of its place. */
export const TABLES: Readonly<Record<string, () => string>> = {
  faults: faultTable,
  'mini-program errors': miniProgramTable,
  'v2 errors': v2Table,
  'v3 errors': v3Table,
}

/** One line for each thing that can happen, with all the places where it can. */
function faultTable(): string {
  const places = new Map<string, string[]>()
  for (const [target, faults] of Object.entries(FAULTS)) {
    for (const [fault, text] of Object.entries<string>(faults)) {
      const row = `${fault}\n${text}`
      places.set(row, [...(places.get(row) ?? []), target])
    }
  }
  const everyCall = places.get(`timeout_before\n${FAULTS.unifiedorder.timeout_before}`) ?? []
  const everySigned = places.get(`stale\n${FAULTS.v3_jsapi.stale}`) ?? []
  const groups = { 'every call': everyCall, 'every signed call of v3': everySigned }
  const rows = [...places].map(([row, targets]) => {
    const [fault = '', text = ''] = row.split('\n')
    const group = Object.entries(groups).find(([, members]) => isSame(members, targets))
    return [`\`${fault}\``, group?.[0] ?? named(targets), text]
  })
  return [
    `Every call: ${named(everyCall)}.`,
    '',
    `Every signed call of v3: ${named(everySigned)}.`,
    '',
    ...table(['Fault', 'On', 'What happens'], rows),
  ].join('\n')
}

function miniProgramTable(): string {
  const rows = Object.values(MINI_PROGRAM_ERRORS).map(({ errcode, errmsg, when }) => [
    `\`${errcode}\``,
    errmsg,
    when,
  ])
  return table(['errcode', 'errmsg', 'When'], rows).join('\n')
}

const LEVELS = {
  return: 'return_code, unsigned',
  result: 'err_code, signed',
  bill: 'a bill, unsigned',
} as const

function v2Table(): string {
  const codes = Object.keys(V2_ERRORS) as V2Error[]
  const rows = codes.map((code) => {
    const { level, message, when } = V2_ERRORS[code]
    return [`\`${sentCode(code)}\``, LEVELS[level], message, when]
  })
  return table(['Code', 'Where', 'Message', 'When'], rows).join('\n')
}

function v3Table(): string {
  const rows = Object.values(V3_ERRORS).map(({ status, code, message, isSigned, when }) => [
    `${status}`,
    code === null ? 'no body' : `\`${code}\``,
    isSigned ? 'yes' : 'no',
    message,
    when,
  ])
  return table(['Status', 'Code', 'Signed', 'Message', 'When'], rows).join('\n')
}

const isSame = (one: readonly string[], other: readonly string[]) =>
  one.length === other.length && one.every((name) => other.includes(name))

const named = (targets: readonly string[]) => targets.map((target) => `\`${target}\``).join(', ')

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)]
}

const marks = (name: string) => ({ start: `<!-- ${name} -->\n`, end: `\n<!-- end of ${name} -->` })

/** What stands in the document at this place; `null` where the place is missing. */
export function placeIn(document: string, name: string): string | null {
  const { start, end } = marks(name)
  const from = document.indexOf(start)
  const to = document.indexOf(end)
  return from === -1 || to < from ? null : document.slice(from + start.length, to)
}

export function withTables(document: string): string {
  return Object.entries(TABLES).reduce((text, [name, make]) => {
    const old = placeIn(text, name)
    if (old === null) throw new Error(`the README has no place for ${name}`)
    const { start, end } = marks(name)
    return text.replace(`${start}${old}${end}`, () => `${start}\n${make()}\n${end}`)
  }, document)
}
