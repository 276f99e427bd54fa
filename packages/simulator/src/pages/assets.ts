import { readdir, readFile } from 'node:fs/promises'
import { extname, join, relative } from 'node:path'

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}

export interface Asset {
  readonly type: string
  readonly bytes: Buffer
}

/** Every file that a page may ask for, by its path in the folder; nothing else can be asked for. */
export async function readAssets(folder: string): Promise<ReadonlyMap<string, Asset>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const assets = entries.flatMap(({ name, parentPath }) => {
    const type = TYPES[extname(name)]
    return type === undefined ? [] : [{ path: join(parentPath, name), type }]
  })
  return new Map(
    await Promise.all(
      assets.map(async ({ path, type }): Promise<[string, Asset]> => {
        const key = relative(folder, path).replaceAll('\\', '/')
        return [key, { type, bytes: await readFile(path) }]
      }),
    ),
  )
}
