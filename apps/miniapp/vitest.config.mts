import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { suite } from '../../vitest.shared.ts'

const standIn = (name: string) => fileURLToPath(new URL(`test/stand-ins/${name}`, import.meta.url))

export default defineConfig(
  suite({
    // The pages as they stand; what is below them is another.
    alias: {
      '@tarojs/components': standIn('components.tsx'),
      '@tarojs/taro': standIn('taro.ts'),
    },
    projects: [
      { extends: true, test: { name: 'flow', include: ['src/**/*.test.ts'] } },
      {
        extends: true,
        test: {
          name: 'screen',
          include: ['test/*.test.tsx'],
          environment: 'jsdom',
          setupFiles: 'test/setup.ts',
        },
      },
    ],
  }),
)
