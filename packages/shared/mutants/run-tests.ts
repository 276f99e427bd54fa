import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

interface Report {
  readonly testResults: readonly { readonly name: string; readonly status: string }[]
}

/** Runs the tests in every copy, all by one Vitest, and says in which copies one failed. */
export function runTests(root: string, folder: string): Set<string> {
  const file = join(folder, 'report.json')
  const options = ['run', '--config', 'mutants/vitest.config.ts', `--outputFile.json=${file}`]
  const { error } = spawnSync('vitest', options, { cwd: root, stdio: ['ignore', 'ignore', 2] })
  if (error) throw error
  const { testResults } = JSON.parse(readFileSync(file, 'utf8')) as Report
  const failed = testResults.filter(({ status }) => status !== 'passed')
  return new Set(failed.map(({ name }) => relative(folder, name).split(sep)[0] ?? ''))
}
