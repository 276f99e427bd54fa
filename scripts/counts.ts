import { addUpReports } from './test-report.ts'

// What every suite has reported since the reports were last removed.
const { passed, failed, skipped } = addUpReports()
if (skipped > 0) console.log(`${skipped} skipped`)
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 && passed > 0 ? 0 : 1
