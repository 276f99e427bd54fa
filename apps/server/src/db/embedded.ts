import { existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { dataDir as emptyDataDir } from '@electric-sql/pglite-prepopulatedfs'
import { lockDirectory } from './directory-lock.ts'
import { migrate } from './migrate.ts'
import { embeddedTarget } from './pglite-adapter.ts'

export interface Embedded {
  readonly pglite: PGlite
  close(): Promise<void>
}

/**
 * Opens PostgreSQL inside this process, with its files in `dataDir`. For development and tests: it
 * never calls fsync, so a power cut may lose what was acknowledged.
 */
export async function openEmbedded(dataDir: string): Promise<Embedded> {
  await mkdir(dataDir, { recursive: true })
  const unlock = await lockDirectory(dataDir)
  try {
    const path = join(dataDir, 'pglite')
    if (!existsSync(path)) await createFiles(path)
    const pglite = await PGlite.create(path)
    await migrate(embeddedTarget(pglite))
    return {
      pglite,
      async close() {
        await pglite.close()
        await unlock()
      },
    }
  } catch (error) {
    await unlock()
    throw error
  }
}

// Killed while it makes its files, PGlite leaves a directory that never opens again. So they are
// made beside their place and moved there when they are whole.
async function createFiles(path: string): Promise<void> {
  const unfinished = `${path}.unfinished`
  await rm(unfinished, { recursive: true, force: true })
  const pglite = await createPglite(unfinished)
  await pglite.close()
  await rename(unfinished, path)
}

/** A new database: a copy of an empty one, because making it from nothing takes seconds. */
export async function createPglite(path?: string): Promise<PGlite> {
  return PGlite.create({
    ...(path !== undefined && { dataDir: path }),
    loadDataDir: await emptyDataDir(),
  })
}
