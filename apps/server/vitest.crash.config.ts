import { defineConfig } from 'vitest/config'
import { suite } from '../../vitest.shared.ts'

/** Each kill is a process that starts again, so this takes minutes and is a suite of its own. */
export default defineConfig(
  suite({
    globalSetup: 'test/support/template-database.ts',
    include: ['test/crash/crash.test.ts'],
    outputFile: { json: 'reports/crash.json' },
    hookTimeout: 60_000,
  }),
)
