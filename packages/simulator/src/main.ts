import { UsageError } from './commands/flags.ts'
import { HELP } from './commands/help.ts'
import { serve } from './commands/serve.ts'
import { VERSION } from './version.ts'

/** What a command wants; each ends with its own exit code, 2 for a wrong command line. */
const COMMANDS: Readonly<Record<string, (args: readonly string[]) => void | Promise<void>>> = {
  serve,
  help: () => {
    console.log(HELP)
  },
  version: () => {
    console.log(VERSION)
  },
}

const [first = '', ...rest] = process.argv.slice(2)
const isWord = /^[a-z]+$/.test(first)

try {
  if (process.argv.includes('--help') || first === '-h') await COMMANDS['help']?.([])
  else if (first === '--version') await COMMANDS['version']?.([])
  else if (isWord) await commandOf(first)(rest)
  else await serve(process.argv.slice(2))
} catch (error) {
  console.error(`wechat-simulator: ${reasonOf(error)}`)
  process.exitCode = error instanceof UsageError ? 2 : 1
}

function commandOf(name: string): (args: readonly string[]) => void | Promise<void> {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (command !== undefined) return command
  throw new UsageError(`there is no command ${name}; --help lists them`)
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  if (code !== 'EADDRINUSE') return message
  return `cannot start: ${message}; choose another with --port and --tls-port`
}
