import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createPglite } from '../src/db/embedded.ts'
import { diff, migrate, PRISMA_DIR } from '../src/db/migrate.ts'
import { embeddedTarget } from '../src/db/pglite-adapter.ts'

const name = process.argv[2]
if (name === undefined || !/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error('Usage: pnpm db:migration NAME   (lower_case_with_underscores)')
  process.exit(1)
}

const pglite = await createPglite()
const target = embeddedTarget(pglite)
await migrate(target)
const sql = await diff(target)
await pglite.close()

if (sql.trim() === '' || sql.includes('empty migration')) {
  console.log('The migrations already lead to prisma/schema.prisma; nothing to write.')
} else {
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
  const folder = join(PRISMA_DIR, 'migrations', `${stamp}_${name}`)
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'migration.sql'), sql)
  console.log(`Wrote ${folder}/migration.sql; read it, then restart the server to apply it.`)
}
