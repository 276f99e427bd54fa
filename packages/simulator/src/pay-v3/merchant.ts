import { Refusal } from './refusal.ts'
import type { Call } from './gateway.ts'

/** The merchant of the content has to be the one who signed. */
export function checkMchid(call: Call, mchid: string): void {
  if (mchid === call.mchid) return
  throw new Refusal('MCHID_NOT_MATCH', `${call.mchid} signed, for ${mchid}`)
}

export function checkAppid(call: Call, appid: string): void {
  if (call.appid === null || appid === call.appid) return
  throw new Refusal('APPID_MCHID_NOT_MATCH', `the merchant is bound to ${call.appid}`)
}
