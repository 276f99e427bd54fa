import { defineConfig } from 'vitest/config'
import { suite } from '../../vitest.shared.ts'

export default defineConfig(suite({ testTimeout: 30_000, hookTimeout: 60_000 }))
