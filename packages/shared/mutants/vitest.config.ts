import { defineConfig } from 'vitest/config'
import { suite } from '../../../vitest.shared.ts'

export default defineConfig(
  suite({
    include: ['reports/mutants/**/*.test.ts'],
    setupFiles: ['mutants/fast-check.config.ts'],
    reporters: ['json'],
  }),
)
