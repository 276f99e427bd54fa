import { globSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

export interface Weight {
  readonly bytes: number
  readonly gzip: number
}

/** The files below a folder that are shipped, by their path in it. */
export function shipped(folder: string, notShipped: RegExp): string[] {
  return globSync('**/*', { cwd: folder }).filter(
    (file) => !notShipped.test(file) && statSync(join(folder, file)).isFile(),
  )
}

export function weigh(folder: string, names: readonly string[]): Weight {
  const contents = names.map((name) => readFileSync(join(folder, name)))
  return {
    bytes: contents.reduce((sum, { byteLength }) => sum + byteLength, 0),
    gzip: contents.reduce((sum, content) => sum + gzipSync(content).byteLength, 0),
  }
}

export function kib(bytes: number): string {
  const tenths = Math.round((bytes / 1024) * 10)
  return `${Math.floor(tenths / 10)}.${tenths % 10} KiB`
}
