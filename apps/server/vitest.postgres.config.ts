import { defineConfig, mergeConfig } from 'vitest/config'
import tests from './vitest.config.ts'

/** What has no database or one of its own, and what WeChat's keys do, is the same on any database. */
const SAME_ON_ANY = ['src/**', 'test/*-command.test.ts', 'test/v2/**', 'test/v3/**']

/** The tests once more, on a second database (docs/decisions/0025). */
export default mergeConfig(
  tests,
  defineConfig({
    test: {
      exclude: SAME_ON_ANY,
      env: { TEST_CHANNEL: 'v3' },
      outputFile: { json: 'reports/postgres.json' },
    },
  }),
)
