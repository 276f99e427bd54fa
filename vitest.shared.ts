import type { ViteUserConfig } from 'vitest/config'

/** What every suite shares: people read the screen, `scripts/test-report.ts` adds up the reports. */
export function suite(test: ViteUserConfig['test'] = {}): ViteUserConfig {
  return {
    test: {
      // Left to itself, Vitest keeps a core for watching, and loads everything anew for each file; no
      // file here replaces a module, so none can leave one behind for the next.
      maxWorkers: '100%',
      isolate: false,
      reporters: ['default', 'json'],
      outputFile: { json: 'reports/test.json' },
      ...test,
    },
  }
}
