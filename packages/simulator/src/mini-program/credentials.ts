import type { Platform } from '../platform.ts'
import { WeixinRefusal } from './errors.ts'

interface Credentials {
  readonly appid: string
  readonly secret: string
  readonly grantType: string
}

/** Who calls, as every call says that has no access_token. */
export function checkCredentials(
  { account }: Platform,
  given: Credentials,
  grantType: 'authorization_code' | 'client_credential',
): void {
  if (given.appid === '') throw new WeixinRefusal('APPID_MISSING', 'there is no appid')
  if (given.secret === '') throw new WeixinRefusal('SECRET_MISSING', 'there is no secret')
  if (given.grantType !== grantType) {
    throw new WeixinRefusal('GRANT_TYPE', `grant_type is ${grantType}`)
  }
  if (given.appid !== account.appid) {
    throw new WeixinRefusal('APPID', `the only appid here is ${account.appid}`)
  }
  if (given.secret !== account.appSecret) {
    throw new WeixinRefusal('SECRET', 'the secret is another')
  }
}
