import type { Diagnosis, Finding } from '../findings.ts'
import type { Situation } from '../situation.ts'
import type { Check } from './check.ts'
import { checkClock } from './clock.ts'
import { checkLogin } from './login.ts'
import { readPatient } from './patient.ts'
import { checkPlatformKey } from './platform-key.ts'
import { checkV2 } from './v2-query.ts'
import { checkV3 } from './v3-query.ts'

/** Calls that change nothing, one after the other, so that one failure explains the next. */
const CHECKS: readonly Check[] = [checkClock, checkLogin, checkV2, checkV3, checkPlatformKey]

/** Asks WeChat, as far as the configuration allows. */
export async function examineOnline(situation: Situation, now: () => Date): Promise<Diagnosis> {
  const patient = readPatient(situation, now)
  const found = new Map<string, Finding>()
  let right = 0
  try {
    for (const check of CHECKS) {
      const findings = await check(patient)
      if (findings?.length === 0) right++
      // A host that does not answer is silent to every question, and found once.
      for (const each of findings ?? []) found.set(`${each.code} ${each.at}`, each)
    }
  } finally {
    await patient.http.close()
  }
  return { right, findings: [...found.values()] }
}
