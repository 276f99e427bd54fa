import path from 'node:path'
import { defineConfig } from '@tarojs/cli'

const isH5 = process.env['TARO_ENV'] === 'h5'

// Workspace packages are TypeScript: Taro's own loader has to compile them too.
const compile = { include: [path.resolve(__dirname, '../../../packages/shared/src')] }

// A px is a px: a tablet shows more of the page and not a larger one, and text follows the phone's setting.
const pxtransform = { enable: false, config: {} }

// A mini-program needs a whole address; the preview asks whoever served it.
const apiBase = isH5 ? '' : (process.env['TARO_APP_API_BASE'] ?? 'http://127.0.0.1:3000')

/** The preview's neighbours in development; `pnpm dev` names them. */
const neighbours = [
  { context: ['/api'], target: process.env['PREVIEW_SERVER_URL'] ?? 'http://127.0.0.1:3000' },
  { context: ['/_sim'], target: process.env['PREVIEW_SIMULATOR_URL'] ?? 'http://127.0.0.1:4000' },
]

const devServer = {
  host: '127.0.0.1',
  port: Number(process.env['PREVIEW_PORT'] ?? 10086),
  open: false,
  proxy: neighbours,
  client: { logging: 'warn', overlay: true },
}

export default defineConfig(() => ({
  projectName: 'dashang',
  date: '2026-11-23',
  designWidth: 750,
  deviceRatio: { 640: 2.34 / 2, 750: 1, 375: 2, 828: 1.81 / 2 },
  sourceRoot: 'src',
  outputRoot: `dist/${process.env['TARO_ENV'] ?? ''}`,
  framework: 'react',
  plugins: [path.resolve(__dirname, 'aria-plugin.ts')],
  compiler: { type: 'webpack5', prebundle: { enable: false } },
  // A production build is cached whole by Turborepo.
  cache: { enable: process.env['NODE_ENV'] === 'development' },
  defineConstants: { __API_BASE__: JSON.stringify(apiBase) },
  mini: {
    compile,
    // Pages draw the same components in other orders; no rule of ours counts on one.
    miniCssExtractPluginOption: { ignoreOrder: true },
    webpackChain(chain) {
      // All of node_modules in one file, React too, so that the others are ours and can be weighed.
      chain.merge({ optimization: { splitChunks: { cacheGroups: { vendors: { minChunks: 1 } } } } })
    },
    postcss: { pxtransform },
  },
  h5: {
    compile,
    publicPath: '/',
    postcss: { autoprefixer: { enable: true, config: {} }, pxtransform },
    devServer,
    output: {
      filename: 'js/[name].[contenthash:8].js',
      chunkFilename: 'js/[name].[contenthash:8].js',
    },
    miniCssExtractPluginOption: {
      ignoreOrder: true,
      filename: 'css/[name].[contenthash:8].css',
      chunkFilename: 'css/[name].[contenthash:8].css',
    },
  },
}))
