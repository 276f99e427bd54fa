import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Mutants } from './mutant.ts'

export interface Planted {
  /** The folder of its copy. */
  readonly id: string
  readonly file: string
  readonly name: string
  /** False for the copy without a mistake: it shows that copying alone breaks nothing. */
  readonly mustFail: boolean
}

interface Place {
  readonly signing: string
  readonly folder: string
  /** Without its ending. */
  readonly file: string
}

/** A copy of the room for each mistake in this file, with the tests of this file alone. */
export async function plant(place: Place, mutants: Mutants): Promise<Planted[]> {
  const { file } = place
  const source = readFileSync(join(place.signing, `${file}.ts`), 'utf8')
  const planted = Object.entries(mutants).map(([name, { from, to }], i) => {
    const times = source.split(from).length - 1
    if (times !== 1) {
      throw new Error(`${file}.ts has ${times} times what «${name}» replaces: write it anew`)
    }
    // A function, because a text of its own would read the dollars in it.
    const text = source.replace(from, () => to)
    return { text, at: { id: idOf(file, i + 1), file, name, mustFail: true } }
  })
  const unchanged = { id: idOf(file, 0), file, name: 'nothing changed', mustFail: false }
  planted.push({ text: source, at: unchanged })
  for (const { text, at } of planted) {
    copyRoom(place, at.id)
    const copy = join(place.folder, at.id, `${file}.ts`)
    writeFileSync(copy, text)
    // What does not even load would be found by any test at all.
    await import(copy)
  }
  return planted.map(({ at }) => at)
}

const idOf = (file: string, number: number) => `${file.replace('/', '-')}-${number}`

function copyRoom({ signing, folder, file }: Place, id: string): void {
  cpSync(signing, join(folder, id), {
    recursive: true,
    filter: (path) => !path.endsWith('.test.ts') || path === join(signing, `${file}.test.ts`),
  })
}
