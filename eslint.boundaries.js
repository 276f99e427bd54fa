/** Suites may import anything, and read as one story each. */
export const TESTS = ['**/*.test.{ts,tsx}', '**/test/**', '**/bench/**']

/** Who may import whom; the whole table stands in STYLE.md. Types may cross where values may not. */
function boundary(folder, group, message) {
  const patterns = [{ group, message, allowTypeImports: true }]
  return {
    files: [`${folder}/**/*.{ts,tsx}`],
    ignores: TESTS,
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns }] },
  }
}

// The innermost folder's list counts alone, so each holds what its surroundings refuse.
const NEVER_IN_SERVER = ['@dashang/simulator', '@dashang/simulator/*']
const NEVER_IN_MINIAPP = [
  ...NEVER_IN_SERVER,
  '@dashang/shared/contracts/*',
  '@dashang/shared/signing/*',
  '@dashang/shared/errors',
  'typebox',
  'node:*',
]
const HTTP_AND_DATABASE = [
  'fastify',
  'fastify-plugin',
  '@fastify/*',
  '@prisma/*',
  '**/generated/**',
]

export const BOUNDARIES = [
  boundary('packages/shared/src', ['@dashang/*'], 'shared stands on nothing of ours'),
  boundary(
    'packages/simulator/src',
    ['**/apps/**', '@dashang/server', '@dashang/server/*', '@dashang/shared/contracts/*'],
    'the simulator knows WeChat, not our server',
  ),
  boundary('apps/server/src', NEVER_IN_SERVER, 'production code does not know the simulator'),
  boundary(
    'apps/server/src/domain',
    [...NEVER_IN_SERVER, ...HTTP_AND_DATABASE, 'node:*', '../**'],
    'domain is pure',
  ),
  boundary(
    'apps/server/src/wechat',
    [
      ...NEVER_IN_SERVER,
      ...HTTP_AND_DATABASE,
      '**/features/**',
      '**/settlement/**',
      '**/db/**',
      '**/config.ts',
    ],
    'wechat/ speaks to WeChat and to nobody else',
  ),
  boundary(
    'apps/server/src/settlement',
    [...NEVER_IN_SERVER, 'fastify', '**/features/**', '**/http/**', '**/wechat/**', '**/config.ts'],
    'settlement/ stands below the features',
  ),
  boundary(
    'apps/server/src/features',
    [...NEVER_IN_SERVER, '../*/**', '!../../**', '**/app.ts', '**/config.ts'],
    'features meet in app.ts',
  ),
  boundary('apps/miniapp/src', NEVER_IN_MINIAPP, 'the mini-program takes contracts as types'),
  boundary(
    'apps/miniapp/src/components',
    [...NEVER_IN_MINIAPP, '@tarojs/taro', '**/lib/**', '**/pages/**'],
    'components draw what they are given',
  ),
  boundary(
    'apps/miniapp/src/flow',
    [...NEVER_IN_MINIAPP, '@tarojs/*', '**/lib/**', '**/pages/**', '**/components/**'],
    'the flow knows neither Taro nor pixels',
  ),
  boundary(
    'apps/miniapp/src/words',
    [...NEVER_IN_MINIAPP, '@tarojs/*', '**/lib/**', '**/pages/**', '**/components/**'],
    'words stand by themselves',
  ),
  boundary(
    'apps/miniapp/src/lib',
    [...NEVER_IN_MINIAPP, '**/pages/**', '**/components/**'],
    'lib stands below the pages',
  ),
  boundary(
    'apps/miniapp/src/pages',
    [...NEVER_IN_MINIAPP, '../*/**', '!../../**'],
    'pages do not import each other',
  ),
]
