import type { Finding } from '../findings.ts'
import type { Patient } from './patient.ts'

/** What a call shows; `[]` is right, and `null` says that it could not be made or shows nothing. */
export type Check = (patient: Patient) => Promise<readonly Finding[] | null>

/** No answer is one finding, whatever was asked. */
export const silent = (at: string, detail: string): Finding[] => [
  { code: 'host_silent', at, detail },
]
