import type { SigningKey } from '@dashang/shared/signing/v2'

/** Who speaks: a merchant number, the mini-program bound to it, and the key they share with WeChat. */
export interface V2Account {
  readonly appid: string
  readonly mchid: string
  readonly signingKey: SigningKey
  readonly baseUrl: string
}
