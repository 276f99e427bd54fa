import type { SignType } from '@dashang/shared/signing/v2'
import { createMiniProgram, type MiniProgram } from './code2session.ts'
import { createWeChatHttp, type ClientCertificate, type WeChatHttp } from './http.ts'
import type { ChannelName } from './channel-names.ts'
import { createChannels, type Channels } from './channels.ts'
import { createMiniProgramApi } from './mini-program-api.ts'
import type { PaymentChannel } from './payment-channel.ts'
import { createTextCheck, type CheckText } from './text-check.ts'
import type { V2Account } from './v2/account.ts'
import { createV2Channel, type RefundAccess } from './v2/channel.ts'
import { readRefundNotice } from './v2/refund-notice.ts'
import type { V3Keys } from './v3/account.ts'
import type { OnCertificatesFailed } from './v3/certificates.ts'
import { createV3Channel } from './v3/channel.ts'

export interface WeChatSettings {
  readonly WECHAT_APPID: string
  readonly WECHAT_APP_SECRET: string
  readonly WECHAT_API_BASE_URL: string
  readonly WECHAT_PAY_BASE_URL: string
  /** Asked when the payment host cannot be reached; by API v3. */
  readonly WECHAT_PAY_BACKUP_BASE_URL?: string
  /** Without it, the payment host. */
  readonly WECHAT_PAY_MTLS_BASE_URL?: string
  readonly WECHAT_PAY_MCHID: string
  readonly WECHAT_PAY_CHANNEL: ChannelName
  /** Without it there is no API v2. */
  readonly WECHAT_PAY_V2_KEY?: string
  readonly WECHAT_PAY_V2_SIGN_TYPE: SignType
  readonly WECHAT_TIMEOUT_MS: number
  readonly WECHAT_MESSAGE_CHECK: 'on' | 'off'
  /** Without it there are no refunds by API v2. */
  readonly clientCertificate: ClientCertificate | null
  /** Without them there is no API v3. */
  readonly v3Keys: V3Keys | null
}

export interface WeChat {
  readonly miniProgram: MiniProgram
  readonly channels: Channels
  /** `null` where the settings do not want it. */
  readonly checkText: CheckText | null
  /** Calls this from now on when WeChat's certificates of API v3 cannot be had, and says why. */
  watchCertificates(onFailed: OnCertificatesFailed): void
  close(): Promise<void>
}

/** Both of WeChat's hosts, each call with one limit of time; refunds on connections of their own. */
export function connectWeChat(settings: WeChatSettings, now: () => Date): WeChat {
  const timeoutMs = settings.WECHAT_TIMEOUT_MS
  const http = createWeChatHttp({ timeoutMs })
  const refundAccess = settings.clientCertificate && {
    http: createWeChatHttp({ timeoutMs, certificate: settings.clientCertificate }),
    baseUrl: settings.WECHAT_PAY_MTLS_BASE_URL ?? settings.WECHAT_PAY_BASE_URL,
  }
  const account = {
    appid: settings.WECHAT_APPID,
    appSecret: settings.WECHAT_APP_SECRET,
    baseUrl: settings.WECHAT_API_BASE_URL,
  }
  const isChecking = settings.WECHAT_MESSAGE_CHECK === 'on'
  let onFailed: OnCertificatesFailed = () => undefined
  const onCertificatesFailed: OnCertificatesFailed = (why) => {
    onFailed(why)
  }
  const v3 = connectV3(settings, { http, now, onCertificatesFailed })
  const configured = [connectV2(settings, http, refundAccess), v3]
  return {
    miniProgram: createMiniProgram(http, account),
    checkText: isChecking ? createTextCheck(createMiniProgramApi(http, account)) : null,
    channels: createChannels(
      configured.filter((channel) => channel !== null),
      settings.WECHAT_PAY_CHANNEL,
    ),
    watchCertificates(watch) {
      onFailed = watch
    },
    async close() {
      await Promise.all([http.close(), refundAccess?.http.close()])
    },
  }
}

function connectV2(
  settings: WeChatSettings,
  http: WeChatHttp,
  refundAccess: RefundAccess | null,
): PaymentChannel | null {
  const account = v2Account(settings)
  return account && createV2Channel(http, account, refundAccess)
}

function connectV3(
  settings: WeChatSettings,
  way: Pick<Parameters<typeof createV3Channel>[0], 'http' | 'now' | 'onCertificatesFailed'>,
): PaymentChannel | null {
  const { v3Keys: keys } = settings
  if (keys === null) return null
  const account = {
    appid: settings.WECHAT_APPID,
    mchid: settings.WECHAT_PAY_MCHID,
    keys,
    baseUrl: settings.WECHAT_PAY_BASE_URL,
    backupUrl: settings.WECHAT_PAY_BACKUP_BASE_URL ?? null,
  }
  const v2 = v2Account(settings)
  const readXmlNotice = v2 && ((body: Uint8Array) => readRefundNotice(body, v2))
  return createV3Channel({ ...way, account, readXmlNotice })
}

function v2Account(settings: WeChatSettings): V2Account | null {
  const { WECHAT_PAY_V2_KEY: key, WECHAT_PAY_V2_SIGN_TYPE: signType } = settings
  if (key === undefined) return null
  return {
    appid: settings.WECHAT_APPID,
    mchid: settings.WECHAT_PAY_MCHID,
    baseUrl: settings.WECHAT_PAY_BASE_URL,
    signingKey: { key, signType },
  }
}
