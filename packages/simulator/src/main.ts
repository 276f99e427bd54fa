#!/usr/bin/env node
import { UsageError } from './commands/flags.ts'
import { check } from './commands/check.ts'
import { explainCommand } from './commands/explain.ts'
import { CHECK_HELP, EXPLAIN_HELP, HELP } from './commands/help.ts'
import { serve } from './commands/serve.ts'
import { VERSION } from './version.ts'

interface Command {
  readonly help: string
  /** Answers the exit code; a wrong command line is a 2. */
  readonly run: (args: readonly string[]) => Promise<number>
}

const COMMANDS: Readonly<Record<string, Command>> = {
  serve: {
    help: HELP,
    run: async (args) => {
      await serve(args)
      return 0
    },
  },
  explain: {
    help: EXPLAIN_HELP,
    run: async (args) => ((await explainCommand(args)) ? 0 : 1),
  },
  check: { help: CHECK_HELP, run: async (args) => ((await check(args)) ? 0 : 1) },
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  console.error(`wechat-simulator: ${reasonOf(error)}`)
  process.exitCode = error instanceof UsageError ? 2 : 1
}

async function main(args: readonly string[]): Promise<number> {
  const [first = '', ...others] = args
  const isWord = /^[a-z]+$/.test(first)
  const [name, rest] = isWord ? [first, others] : ['serve', args]
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (command === undefined) throw new UsageError(`there is no command ${name}; see --help`)
  const text = { '--version': VERSION, '--help': command.help, '-h': command.help }
  for (const [flag, said] of Object.entries(text)) {
    if (!rest.includes(flag)) continue
    console.log(said)
    return 0
  }
  return command.run(rest)
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  if (code !== 'EADDRINUSE') return message
  return `cannot start: ${message}; choose another with --port and --tls-port`
}
