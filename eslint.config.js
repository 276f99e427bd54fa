import js from '@eslint/js'
import reactHooks from 'eslint-plugin-react-hooks'
import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'
import { BOUNDARIES, TESTS } from './eslint.boundaries.js'

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
    files: [
      'packages/shared/src/errors.ts',
      'packages/simulator/src/*/errors.ts',
      'packages/simulator/src/fault-table.ts',
    ],
    rules: { 'max-lines': ['error', 300] },
  },
  ...BOUNDARIES,
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
        fetch: 'readonly',
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
