import { ConfigError } from './config.ts'
import { DirectoryInUseError } from './db/directory-lock.ts'

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'Its port is in use; stop the other process or set PORT to another one.',
  ECONNREFUSED: 'The database behind DATABASE_URL does not answer.',
}

/** One line for what the operator can mend; the whole error for what only a developer can. */
export function reasonFor(error: unknown): string {
  if (error instanceof ConfigError || error instanceof DirectoryInUseError) return error.message
  const { code = '', message, stack } = error as NodeJS.ErrnoException
  // The engine that migrates reports a missing database in words only.
  const isUnreachable = message.startsWith("Can't reach database server")
  return REASONS[isUnreachable ? 'ECONNREFUSED' : code] ?? stack ?? message
}
