import { configDefaults, defineConfig } from 'vitest/config'
import { suite } from '../../vitest.shared.ts'

// Programs on databases of their own and what WeChat's keys do are the same on any database.
const onAnyDatabase = ['src/**', 'test/*-command.test.ts', 'test/v2/**', 'test/v3/**']
const seenAlready = process.env['TEST_DATABASE_URL'] === undefined ? [] : onAnyDatabase

export default defineConfig(
  suite({
    exclude: [...configDefaults.exclude, 'test/crash/**', ...seenAlready],
    globalSetup: 'test/support/template-database.ts',
    testTimeout: 60_000,
    hookTimeout: 60_000,
  }),
)
