import type { KeyObject } from 'node:crypto'
import type { Certificate, PlatformKey } from '@dashang/shared/signing/v3/keys'

/** What a merchant signs, checks and decrypts with. */
export interface V3Keys {
  /** 32 bytes. */
  readonly apiV3Key: Uint8Array
  readonly privateKey: KeyObject
  /** The serial of the merchant's own certificate. */
  readonly serialNo: string
  /** WeChat's; the first is the one that answers are asked to be signed with. */
  readonly publicKeys: readonly PlatformKey[]
  /** WeChat's that are known before it is asked for them. */
  readonly certificates: readonly Certificate[]
}

/** Who speaks: a merchant number, the mini-program bound to it, and the keys of both sides. */
export interface V3Account {
  readonly appid: string
  readonly mchid: string
  readonly keys: V3Keys
  readonly baseUrl: string
  /** Where to ask when that host cannot be reached. */
  readonly backupUrl: string | null
}
