import { chmod, cp, readFile, rm, writeFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { build, type Plugin } from 'esbuild'
import workspace from '../package.json' with { type: 'json' }

const folder = process.argv[2] ?? 'dist'
const SOURCE = join(import.meta.dirname, '../src')

/** Packages written as CommonJS need a `require`, and Node 20 lacks two functions that we use. */
const PROLOGUE = `
import { createRequire } from 'node:module'
const require = createRequire(import.meta.url)
URL.parse ??= (url, base) => (URL.canParse(url, base) ? new URL(url, base) : null)
Promise.withResolvers ??= () => {
  const made = {}
  made.promise = new Promise((resolve, reject) => Object.assign(made, { resolve, reject }))
  return made
}`

/** A file holds many modules, so each has to be told where it was: beside its pages. */
const placesOfModules: Plugin = {
  name: 'places of modules',
  setup({ onLoad }) {
    onLoad({ filter: /simulator[\\/]src[\\/].*\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8')
      const place = relative(SOURCE, path).split(sep).join('/')
      const url = `new URL(${JSON.stringify(`./${place}`)}, import.meta.url).href`
      return { contents: source.replaceAll('import.meta.url', url), loader: 'ts' }
    })
  },
}

// Everything goes into these files, the packages of others too, so that what is published depends
// on nothing. Those written as CommonJS need a `require` for what Node brings. The folder is the whole
// package: a manifest that serves the workspace cannot serve npm as well.
await rm(folder, { recursive: true, force: true })
const { metafile } = await build({
  entryPoints: ['src/main.ts', 'src/simulator.ts'],
  outdir: folder,
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  legalComments: 'none',
  metafile: true,
  plugins: [placesOfModules],
  banner: { js: PROLOGUE },
})
await cp('src/pages', join(folder, 'pages'), {
  recursive: true,
  filter: (file) => !file.endsWith('.ts'),
})
await cp('package/simulator.d.ts', join(folder, 'simulator.d.ts'))
await cp('examples', join(folder, 'examples'), { recursive: true })
await cp('README.md', join(folder, 'README.md'))
await cp('../../LICENSE', join(folder, 'LICENSE'))
await chmod(join(folder, 'main.js'), 0o755)
await writeFile(join(folder, 'package.json'), `${JSON.stringify(manifest(), null, 2)}\n`)
await writeFile(join(folder, 'LICENSES.txt'), await licences(Object.keys(metafile.inputs)))

function manifest(): object {
  const { name, version, description, license, type, engines } = workspace
  return {
    ...{ name, version, description, license, type, engines },
    bin: { 'wechat-simulator': 'main.js' },
    exports: { '.': { types: './simulator.d.ts', default: './simulator.js' } },
  }
}

/** What the licences of these files ask for: their text goes with the code. */
async function licences(files: string[]): Promise<string> {
  const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/
  const packages = [...new Set(files.flatMap((file) => folder.exec(file) ?? []))].sort()
  const texts = await Promise.all(
    packages.map(async (path) => {
      const { name, version, license } = JSON.parse(
        await readFile(join(path, 'package.json'), 'utf8'),
      ) as Record<string, string>
      return `${name} ${version} (${license})\n\n${await licenceText(path, name)}`
    }),
  )
  return `The files beside this one contain:\n\n${texts.join(`\n${'-'.repeat(80)}\n\n`)}`
}

async function licenceText(folder: string, name = ''): Promise<string> {
  for (const file of ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'license', 'License.md']) {
    const text = await readFile(join(folder, file), 'utf8').catch(() => null)
    if (text !== null) return text
  }
  return `Its package brings no text of it; see https://www.npmjs.com/package/${name}\n`
}
