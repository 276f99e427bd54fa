import js from '@eslint/js'
import reactHooks from 'eslint-plugin-react-hooks'
import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'

const TESTS = ['**/*.test.{ts,tsx}', '**/test/**', '**/bench/**']

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

export default defineConfig(
  globalIgnores(['**/dist', '**/reports', '**/generated', '**/.turbo', '.data']),
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      'max-lines': ['error', { max: 150, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'export by name' },
        { selector: 'ExportAllDeclaration', message: 'no barrel files: name what is exported' },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      // A Fastify plugin is async by its type, whether it waits for something or not.
      '@typescript-eslint/require-await': 'off',
      // Our services are plain objects: no function of theirs uses `this`.
      '@typescript-eslint/unbound-method': 'off',
      eqeqeq: 'error',
    },
  },
  {
    // A schema and its type share one name, as TypeBox intends.
    files: ['packages/shared/src/contracts/**'],
    rules: { '@typescript-eslint/no-redeclare': 'off' },
  },
  {
    // One table is one idea, however many rows it has.
    files: ['packages/shared/src/errors.ts', 'packages/simulator/src/pay-*/errors.ts'],
    rules: { 'max-lines': ['error', 300] },
  },
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
    'apps/miniapp/src/lib',
    [...NEVER_IN_MINIAPP, '**/pages/**', '**/components/**'],
    'lib stands below the pages',
  ),
  boundary(
    'apps/miniapp/src/pages',
    [...NEVER_IN_MINIAPP, '../*/**', '!../../**'],
    'pages do not import each other',
  ),
  {
    files: ['apps/miniapp/src/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: { ...reactHooks.configs.recommended.rules },
  },
  {
    // Taro and the tools demand default exports here.
    files: [
      '**/*.config.{js,ts,mts}',
      '**/test/support/template-database.ts',
      'apps/miniapp/{src,config}/**',
      'apps/miniapp/*.js',
    ],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    // A suite reads as one story; its length is no sign of a second idea.
    files: TESTS,
    rules: { 'max-lines': ['error', 300], 'max-lines-per-function': 'off' },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    // These run as they stand in a browser, and are type-checked by their JSDoc.
    ignores: ['packages/simulator/src/pages/assets/**'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        module: 'readonly',
        require: 'readonly',
        __dirname: 'readonly',
      },
    },
  },
  {
    // The compiler knows better than a list what a browser has.
    files: ['packages/simulator/src/pages/assets/**'],
    rules: { 'no-undef': 'off' },
  },
)
