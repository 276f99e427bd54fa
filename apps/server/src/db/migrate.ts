import { readdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils'
import * as glue from '@prisma/schema-engine-wasm/schema_engine_bg'

type SchemaEngine = glue.SchemaEngine
type MigrationList = glue.MigrationList

// Node has it; its types come only with those of a browser, which the server does without.
const { WebAssembly } = globalThis as unknown as {
  WebAssembly: {
    instantiate(
      bytes: Uint8Array,
      imports: object,
    ): Promise<{ instance: { exports: Readonly<Record<string, () => unknown>> } }>
  }
}

const NO_FILTER = { externalTables: [], externalEnums: [] }

export const PRISMA_DIR = findPrismaDir()

/** A database that can be migrated. */
export interface MigrationTarget {
  readonly adapter: SqlMigrationAwareDriverAdapterFactory
  /** Runs many statements in one go, all of them or none. */
  runScript(sql: string): Promise<unknown>
}

/** Brings the tables up to date, as `prisma migrate deploy` would; answers what it applied. */
export async function migrate(target: MigrationTarget): Promise<string[]> {
  const engine = await createEngine(target)
  try {
    const migrationsList = await readMigrations()
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList,
      filters: NO_FILTER,
    })
    return appliedMigrationNames
  } finally {
    engine.free()
  }
}

/** The SQL that leads from the tables of `target` to the schema file; empty when it fits. */
export async function diff(target: MigrationTarget): Promise<string> {
  const path = join(PRISMA_DIR, 'schema.prisma')
  const files = [{ path, content: await readFile(path, 'utf8') }]
  const engine = await createEngine(
    target,
    files.map(({ path, content }) => [path, content]),
  )
  try {
    const { stdout } = await engine.diff({
      from: { tag: 'schemaDatasource', files, configDir: PRISMA_DIR },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: null,
      filters: NO_FILTER,
    })
    return stdout ?? ''
  } finally {
    engine.free()
  }
}

async function createEngine(
  target: MigrationTarget,
  datamodels?: [string, string][],
): Promise<SchemaEngine> {
  await loadEngine()
  const bound = bindMigrationAwareSqlAdapterFactory(withWholeScripts(target))
  return glue.SchemaEngine.new({ datamodels }, () => undefined, bound)
}

// The adapters cut a script at every semicolon, also inside a function, or do not wait for its end.
function withWholeScripts(target: MigrationTarget): SqlMigrationAwareDriverAdapterFactory {
  const { adapter, runScript } = target
  return {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    connectToShadowDb: () => adapter.connectToShadowDb(),
    async connect() {
      const executeScript = async (sql: string) => {
        await runScript(sql)
      }
      return Object.assign(await adapter.connect(), { executeScript })
    },
  }
}

let loading: Promise<void> | undefined

// Prisma's own engine in its WebAssembly build: the native one is downloaded from a host that is
// often out of reach, and this one is a package like any other. The glue keeps views on the memory
// of the instance it was given, so there may be only one in a process.
function loadEngine(): Promise<void> {
  loading ??= (async () => {
    const { resolve } = createRequire(import.meta.url)
    const entry = resolve('@prisma/schema-engine-wasm/schema_engine_bg')
    const wasm = await readFile(join(dirname(entry), 'schema_engine_bg.wasm'))
    const { instance } = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': glue })
    glue.__wbg_set_wasm(instance.exports)
    instance.exports['__wbindgen_start']?.()
  })()
  return loading
}

async function readMigrations(): Promise<MigrationList> {
  const baseDir = join(PRISMA_DIR, 'migrations')
  const entries = await readdir(baseDir, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
  const migrationDirectories = await Promise.all(
    names.sort().map(async (name) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: {
          tag: 'ok' as const,
          value: await readFile(join(baseDir, name, 'migration.sql'), 'utf8'),
        },
      },
    })),
  )
  return {
    baseDir,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"' },
    shadowDbInitScript: '',
    migrationDirectories,
  }
}

// From src/db in development, from dist in the build.
function findPrismaDir(): string {
  const here = dirname(fileURLToPath(import.meta.url))
  return join(here.replace(/[\\/](src[\\/]db|dist)$/, ''), 'prisma')
}
