import { readFile, rename, writeFile } from 'node:fs/promises'
import { deserialize, serialize } from 'node:v8'
import type { KeptState } from './kept-state.ts'

/** Counted up whenever the shape of the state changes; a file of another shape is left alone. */
const SHAPE = 9

/** A file that is there and is not read; the message says which, and what to do. */
export class StateFileError extends Error {
  override readonly name = 'StateFileError'
}

export async function writeState(file: string, kept: KeptState): Promise<void> {
  // One piece, so that an order, its payments and their refunds still know each other afterwards.
  // Written aside first: whoever is killed meanwhile keeps the state of before.
  const aside = `${file}.new`
  await writeFile(aside, serialize({ shape: SHAPE, ...kept }))
  await rename(aside, file)
}

/** `null` for a missing file, which is the first start. */
export async function readState(file: string): Promise<KeptState | null> {
  const bytes = await readIfThere(file)
  if (bytes === null) return null
  const kept = deserialized(bytes)
  if (kept === null) {
    throw new StateFileError(`${file} is no state of the simulator; ${REMEDY}`)
  }
  if (kept.shape !== SHAPE) {
    throw new StateFileError(
      `${file} is of another version of the simulator (shape ${kept.shape}, not ${SHAPE}); ${REMEDY}`,
    )
  }
  return kept
}

const REMEDY = 'name another file, or delete this one'

async function readIfThere(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return null
    throw new StateFileError(`${file} cannot be read: ${message}`, { cause: error })
  }
}

type Shaped = KeptState & { readonly shape: number }

function deserialized(bytes: Buffer): Shaped | null {
  try {
    const kept = deserialize(bytes) as Shaped | null
    return typeof kept?.shape === 'number' ? kept : null
  } catch {
    return null
  }
}
