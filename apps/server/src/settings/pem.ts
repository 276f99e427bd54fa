import { readFileSync } from 'node:fs'

/** A value with `-----BEGIN` in it is the PEM itself; any other is the path of a file with it. */
export function readPem(setting: string): string {
  return setting.includes('-----BEGIN') ? setting : readFileSync(setting, 'utf8')
}
