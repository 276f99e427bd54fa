import { globSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'

const REPORTS = ['{apps,packages}/*/reports/*.json', 'test/reports/*.json']

interface Report {
  success: boolean
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
}

interface Counts {
  passed: number
  failed: number
  skipped: number
}

function countsOf(file: string): Counts {
  const report = JSON.parse(readFileSync(file, 'utf8')) as Report
  // A suite that fails before its first test is one failure, not none.
  const failed = report.success ? 0 : Math.max(report.numFailedTests, 1)
  return { passed: report.numPassedTests, failed, skipped: report.numPendingTests }
}

/** Adds up what suites have reported; every suite, unless some are named. */
export function addUpReports(files: string[] = globSync(REPORTS)): Counts {
  const counts = files.map(countsOf)
  const sum = (name: keyof Counts) => counts.reduce((total, each) => total + each[name], 0)
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') }
}

/** The packages that have a `test` script, by folder. */
export function testedPackages(): string[] {
  const manifests = globSync(['{apps,packages}/*/package.json', 'test/package.json'])
  return manifests
    .filter((file) => {
      const { scripts } = JSON.parse(readFileSync(file, 'utf8')) as {
        scripts?: Record<string, string>
      }
      return scripts?.['test'] !== undefined
    })
    .map((file) => dirname(file))
}
