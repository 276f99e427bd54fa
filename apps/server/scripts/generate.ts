import { spawnSync } from 'node:child_process'

// Prisma asks for an engine that only its migrate commands use, and would fetch it from a host that
// is often out of reach. Any existing file satisfies it; migrations go through the engine's
// WebAssembly build (src/db/migrate.ts).
const env = { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, ...process.env }
const { status } = spawnSync('prisma', ['generate', '--no-hints'], { stdio: 'inherit', env })
process.exitCode = status ?? 1
