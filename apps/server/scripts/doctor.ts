import { useSettings } from './settings.ts'

await useSettings()
await import('../src/doctor.ts')
