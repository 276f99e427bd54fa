import { availableParallelism } from 'node:os'
import type { ViteUserConfig } from 'vitest/config'

/** More than the cores: suites wait a good part of their time, for time-outs and for other programs. */
const WORKERS = Math.ceil(availableParallelism() * 1.5)

/** What every suite shares: people read the screen, `scripts/test-report.ts` adds up the reports. */
export function suite(test: ViteUserConfig['test'] = {}): ViteUserConfig {
  return {
    test: {
      maxWorkers: WORKERS,
      // Left to itself, Vitest loads everything anew for each file; no file here replaces a module, so
      // none can leave one behind for the next.
      isolate: false,
      reporters: ['default', 'json'],
      outputFile: { json: 'reports/test.json' },
      ...test,
    },
  }
}
