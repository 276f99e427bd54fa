import type { KeyObject } from 'node:crypto'
import type { PlatformKey } from '@dashang/shared/signing/v3/keys'
import type { Platform } from './platform.ts'

/** A key of WeChat's that a request names; `privateKey` is `null` for who only sees the request. */
export interface NamedKey {
  readonly id: string
  readonly privateKey: KeyObject | null
}

/** What a request is judged by before anything that happened counts; `null` is not known. */
export interface Known {
  readonly mchid: string | null
  readonly appid: string | null
  readonly v2Key: string | null
  /** Of the merchant's certificate. */
  readonly merchantKey: PlatformKey | null
  /** The clock of signatures. */
  readonly stampedAt: Date
  readonly now: Date
  readonly keys: {
    find(id: string): NamedKey | undefined
    list(): readonly Pick<NamedKey, 'id'>[]
    /** Which kinds of them are taken, where that is known. */
    mode?(): string
  }
}

export const knownOf = ({
  account,
  merchantCertificate,
  clock,
  stampNow,
  keys,
}: Platform): Known => ({
  mchid: account.mchid,
  appid: account.appid,
  v2Key: account.v2Key,
  merchantKey: merchantCertificate,
  stampedAt: stampNow(),
  now: clock.now(),
  keys,
})
