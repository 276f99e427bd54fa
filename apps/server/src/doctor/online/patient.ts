import { randomBytes } from 'node:crypto'
import { SIGN_TYPES } from '@dashang/shared/signing/v2'
import { createWeChatHttp, type WeChatHttp } from '../../wechat/http.ts'
import type { V2Account } from '../../wechat/v2/account.ts'
import type { V3Account } from '../../wechat/v3/account.ts'
import { parseUrl } from '../hosts.ts'
import type { Situation } from '../situation.ts'

const DEFAULT_TIMEOUT_MS = 5000

/** Whom a call can be made for, as far as the configuration goes. */
export interface Patient {
  readonly situation: Situation
  readonly http: WeChatHttp
  readonly now: () => Date
  readonly payUrl: string | null
  readonly v2: V2Account | null
  readonly v3: V3Account | null
}

export function readPatient(situation: Situation, now: () => Date): Patient {
  const timeoutMs = Number(situation.settings['WECHAT_TIMEOUT_MS']) || DEFAULT_TIMEOUT_MS
  const payUrl = parseUrl(situation.settings['WECHAT_PAY_BASE_URL'])?.origin ?? null
  return {
    situation,
    http: createWeChatHttp({ timeoutMs }),
    now,
    payUrl,
    v2: payUrl === null ? null : v2Account(situation, payUrl),
    v3: payUrl === null ? null : v3Account(situation, payUrl),
  }
}

/** The number of an order that cannot exist. */
export const unknownOrderId = () => `doctor${randomBytes(13).toString('hex')}`

function v2Account({ settings }: Situation, baseUrl: string): V2Account | null {
  const { WECHAT_APPID: appid, WECHAT_PAY_MCHID: mchid, WECHAT_PAY_V2_KEY: key } = settings
  const signType = SIGN_TYPES.find((type) => type === settings['WECHAT_PAY_V2_SIGN_TYPE'])
  if (!appid || !mchid || !key || !signType) return null
  return { appid, mchid, baseUrl, signingKey: { key, signType } }
}

function v3Account(situation: Situation, baseUrl: string): V3Account | null {
  const { settings, certificate, privateKey, publicKeys, platformCertificates } = situation
  const { WECHAT_APPID: appid, WECHAT_PAY_MCHID: mchid, WECHAT_PAY_V3_KEY: apiV3Key } = settings
  if (certificate.kind !== 'read' || privateKey.kind !== 'read') return null
  if (!appid || !mchid || !apiV3Key || privateKey.value.asymmetricKeyType !== 'rsa') return null
  const known = publicKeys.kind === 'read' ? publicKeys.value : []
  const certificates = platformCertificates.kind === 'read' ? platformCertificates.value : []
  const keys = {
    apiV3Key: Buffer.from(apiV3Key),
    privateKey: privateKey.value,
    serialNo: certificate.value.serialNumber.toUpperCase(),
    publicKeys: known.flatMap(({ id, key }) => (key === null ? [] : [{ id, key }])),
    certificates: certificates.filter((each) => each !== null),
  }
  return { appid, mchid, keys, baseUrl, backupUrl: null }
}
