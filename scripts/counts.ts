import { addUpReports } from './test-report.ts'

// What every suite has reported since the reports were last removed. A step that failed is named by
// its caller: a suite that ran twice has overwritten its report, and not every step is a suite.
const failedSteps = process.argv.slice(2)
const { passed, failed, skipped } = addUpReports()
const failures = Math.max(failed, failedSteps.length)
for (const step of failedSteps) console.log(`Failed: ${step}`)
if (skipped > 0) console.log(`${skipped} skipped`)
console.log(`${passed} passed, ${failures} failed`)
process.exitCode = failures === 0 && passed > 0 ? 0 : 1
