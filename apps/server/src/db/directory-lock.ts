import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Somebody else works in a directory that only one may use. */
export class DirectoryInUseError extends Error {
  override readonly name = 'DirectoryInUseError'
}

/**
 * Keeps a second process out of a directory that only one may use. A lock whose process is gone
 * (killed, or the machine restarted) is taken over.
 */
export async function lockDirectory(directory: string): Promise<() => Promise<void>> {
  const path = join(directory, 'lock')
  const unlock = () => rm(path, { force: true })
  if (await take(path)) return unlock

  const owner = Number(await readFile(path, 'utf8'))
  if (isRunning(owner)) {
    throw new DirectoryInUseError(
      `${directory} is in use by process ${owner}; the embedded database serves one at a time.` +
        ' Stop it, or set DATA_DIR to another directory, or DATABASE_URL to a PostgreSQL.',
    )
  }
  await unlock()
  if (await take(path)) return unlock
  throw new DirectoryInUseError(`${directory} was taken by another process at the same moment`)
}

async function take(path: string): Promise<boolean> {
  try {
    await writeFile(path, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
