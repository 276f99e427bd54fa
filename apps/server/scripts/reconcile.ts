import { useSettings } from './settings.ts'

await useSettings()
await import('../src/reconcile.ts')
