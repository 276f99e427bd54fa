import { copyFile, readFile, rm } from 'node:fs/promises'
import { build } from 'esbuild'

const { dependencies } = JSON.parse(await readFile('package.json', 'utf8')) as {
  dependencies: Record<string, string>
}
const isOurs = (name: string) => name.startsWith('@dashang/')

// One file for each program: the workspace's packages are TypeScript, which Node does not run out of node_modules.
// What the server itself depends on stays there.
await rm('dist', { recursive: true, force: true })
await build({
  entryPoints: ['src/main.ts', 'src/reconcile.ts', 'src/doctor.ts'],
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node22',
  sourcemap: true,
  external: Object.keys(dependencies).filter((name) => !isOurs(name)),
})
await copyFile('src/features/overlay/overlay.html', 'dist/overlay.html')
