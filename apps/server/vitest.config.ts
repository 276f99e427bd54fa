import { configDefaults, defineConfig } from 'vitest/config'
import { suite } from '../../vitest.shared.ts'

export default defineConfig(
  suite({
    exclude: [...configDefaults.exclude, 'test/crash/**'],
    globalSetup: 'test/support/template-database.ts',
    testTimeout: 60_000,
    hookTimeout: 60_000,
  }),
)
