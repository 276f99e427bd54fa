import { defineConfig, mergeConfig } from 'vitest/config'
import tests from './vitest.config.ts'

/** What WeChat's keys do, and programs with a database of their own, are the same on any database. */
const SAME_ON_ANY = ['src/**', 'test/*-command.test.ts', 'test/v2/**', 'test/v3/**']

export default mergeConfig(
  tests,
  defineConfig({
    test: { exclude: SAME_ON_ANY, outputFile: { json: 'reports/postgres.json' } },
  }),
)
