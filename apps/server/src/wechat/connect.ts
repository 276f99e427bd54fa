import type { SignType } from '@dashang/shared/signing/v2'
import { createMiniProgram, type MiniProgram } from './code2session.ts'
import { createWeChatHttp, type ClientCertificate } from './http.ts'
import { createMiniProgramApi } from './mini-program-api.ts'
import type { PaymentChannel } from './payment-channel.ts'
import { createTextCheck, type CheckText } from './text-check.ts'
import type { V2Account } from './v2/account.ts'
import { createV2Channel } from './v2/channel.ts'

export interface WeChatSettings {
  readonly WECHAT_APPID: string
  readonly WECHAT_APP_SECRET: string
  readonly WECHAT_API_BASE_URL: string
  readonly WECHAT_PAY_BASE_URL: string
  /** Without it, the payment host. */
  readonly WECHAT_PAY_MTLS_BASE_URL?: string
  readonly WECHAT_PAY_MCHID: string
  readonly WECHAT_PAY_V2_KEY: string
  readonly WECHAT_PAY_V2_SIGN_TYPE: SignType
  readonly WECHAT_TIMEOUT_MS: number
  readonly WECHAT_MESSAGE_CHECK: 'on' | 'off'
  /** Without it there are no refunds. */
  readonly clientCertificate: ClientCertificate | null
}

export interface WeChat {
  readonly miniProgram: MiniProgram
  readonly channel: PaymentChannel
  /** `null` where the settings do not want it. */
  readonly checkText: CheckText | null
  close(): Promise<void>
}

/** Both of WeChat's hosts, each call with one limit of time; refunds on connections of their own. */
export function connectWeChat(settings: WeChatSettings): WeChat {
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
  return {
    miniProgram: createMiniProgram(http, account),
    checkText: isChecking ? createTextCheck(createMiniProgramApi(http, account)) : null,
    channel: createV2Channel(http, v2Account(settings), refundAccess),
    async close() {
      await Promise.all([http.close(), refundAccess?.http.close()])
    },
  }
}

function v2Account(settings: WeChatSettings): V2Account {
  return {
    appid: settings.WECHAT_APPID,
    mchid: settings.WECHAT_PAY_MCHID,
    baseUrl: settings.WECHAT_PAY_BASE_URL,
    signingKey: {
      key: settings.WECHAT_PAY_V2_KEY,
      signType: settings.WECHAT_PAY_V2_SIGN_TYPE,
    },
  }
}
