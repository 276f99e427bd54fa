import { spawnSync } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { addUpReports, testedPackages } from './test-report.ts'

const TESTS = testedPackages().map((folder) => join(folder, 'reports/test.json'))

/** What each command runs, and the reports that must be there afterwards. */
const COMMANDS = {
  test: TESTS,
  check: [...TESTS, 'test/reports/tidy.json'],
} as const

const command = process.argv[2]
if (command !== 'test' && command !== 'check') throw new Error('usage: suites.ts test|check')

// A report of an earlier run must not count; a cached suite gets its own back from Turborepo.
const expected = COMMANDS[command]
for (const file of expected) rmSync(file, { force: true })

// A suite keeps every core busy by itself; two at once would only make each test wait for the others.
const concurrency = command === 'test' ? '1' : '100%'
const options = ['--continue=always', `--concurrency=${concurrency}`]
const { status } = spawnSync('turbo', ['run', command, ...options], { stdio: 'inherit' })

const missing = expected.filter((file) => !existsSync(file))
for (const file of missing) console.error(`No report: ${file}; the suite broke before its tests.`)
const { passed, failed, skipped } = addUpReports(expected.filter((file) => existsSync(file)))
if (skipped > 0) console.log(`${skipped} skipped; the suites above say why.`)
// A check that is no suite, and an error after the last test, stand in no report.
const failures = Math.max(failed + missing.length, status === 0 ? 0 : 1)
if (failures > 0) console.log('Turborepo names above what failed, after "Failed:".')
console.log(`${passed} passed, ${failures} failed`)
process.exitCode = failures === 0 ? 0 : 1
