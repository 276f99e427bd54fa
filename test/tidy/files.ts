import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

export const ROOT = resolve(import.meta.dirname, '../..')

const list = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: ROOT,
  encoding: 'utf8',
})

/** Every file of the project, as git sees it, by its path from the root. */
export const FILES: readonly string[] = list
  .split('\n')
  .filter((file) => file !== '' && existsSync(join(ROOT, file)))

export const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8')

/** Our own code: TypeScript and JavaScript. */
export const SOURCES = FILES.filter((file) => /\.(m?[jt]s|tsx)$/.test(file))

export const isTest = (file: string) => /\.test\.ts$|^test\/|\/test\/|\/bench\//.test(file)

/** `file:line` of each line that matches. */
export function linesMatching(files: readonly string[], pattern: RegExp): string[] {
  return files.flatMap((file) =>
    read(file)
      .split('\n')
      .flatMap((line, i) => (pattern.test(line) ? [`${file}:${String(i + 1)}`] : [])),
  )
}
