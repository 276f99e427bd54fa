import { parseArgs } from 'node:util'

/** One option of a command. */
export interface Flag {
  /** What stands behind it in the help; a switch has nothing. */
  readonly value?: string
  readonly help: string
  /** The variable of the environment that it may be given in instead. */
  readonly variable?: string
  readonly standard?: string
  /** May be given more than once. */
  readonly isList?: true
  /** What is wrong with a value, as «is …» or «has …». */
  readonly problem?: (value: string) => string | null
}

export type FlagTable = Readonly<Record<string, Flag>>

export interface Flags<Name extends string> {
  /** What was given, or the standard; empty without either. */
  text(name: Name): string
  list(name: Name): readonly string[]
  isSet(name: Name): boolean
}

/** A command line that cannot be understood; the message is one line for the person who wrote it. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

export type Environment = Readonly<Record<string, string | undefined>>

/** Reads the flags of a table; a flag wins over its variable, and an empty value counts as none. */
export function readFlags<Table extends FlagTable>(
  table: Table,
  args: readonly string[],
  env: Environment,
): Flags<keyof Table & string> {
  const given = parse(table, args)
  const valuesOf = (name: string): readonly string[] => {
    const { variable = '', standard = '' } = table[name] ?? {}
    const sources = [given[name] ?? [], [env[variable] ?? ''], [standard]]
    return sources.map((values) => values.filter((value) => value !== '')).find(isFilled) ?? []
  }
  for (const [name, { problem, variable }] of Object.entries(table)) {
    for (const value of valuesOf(name)) {
      const wrong = problem?.(value) ?? null
      const source = given[name] === undefined && variable ? variable : `--${name}`
      if (wrong !== null) throw new UsageError(`${source} ${wrong}`)
    }
  }
  return {
    text: (name) => valuesOf(name)[0] ?? '',
    list: valuesOf,
    isSet: (name) => isFilled(valuesOf(name)),
  }
}

const isFilled = (values: readonly string[]) => values.length > 0

/** What was given for each name; a switch counts as the text `true`. */
function parse(table: FlagTable, args: readonly string[]): Record<string, string[] | undefined> {
  const options = Object.fromEntries(
    Object.entries(table).map(([name, { value }]) => {
      const type = value === undefined ? 'boolean' : 'string'
      return [name, { type, multiple: true } as const]
    }),
  )
  try {
    const { values } = parseArgs({ args: [...args], options, allowPositionals: false })
    const entries = Object.entries(values).map(([name, list]) => {
      const texts = [list ?? []].flat().map(String)
      if (texts.length > 1 && !table[name]?.isList) {
        throw new UsageError(`--${name} is given more than once`)
      }
      return [name, texts] as const
    })
    return Object.fromEntries(entries)
  } catch (error) {
    if (error instanceof UsageError || !(error instanceof TypeError)) throw error
    const [problem = ''] = error.message.split(/[.\n]/)
    throw new UsageError(`${problem}; --help lists the options`)
  }
}

/** The lines of the help. */
export function describeFlags(table: FlagTable): string {
  const formOf = (name: string, { value = '' }: Flag) => `--${name} ${value}`
  const width = Math.max(...Object.entries(table).map((entry) => formOf(...entry).length))
  return Object.entries(table)
    .map(([name, flag]) => {
      const { help, variable, standard } = flag
      const notes = [standard && `default ${standard}`, variable && `or ${variable}`].filter(
        Boolean,
      )
      const note = notes.length > 0 ? ` (${notes.join('; ')})` : ''
      return `  ${formOf(name, flag).padEnd(width)} ${help}${note}`
    })
    .join('\n')
}
