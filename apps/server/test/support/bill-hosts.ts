import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { ChannelName } from '../../src/wechat/channel-names.ts'
import type { WeChatHttp } from '../../src/wechat/http.ts'
import type { PaymentChannel } from '../../src/wechat/payment-channel.ts'
import { createV2Channel } from '../../src/wechat/v2/channel.ts'
import { createV3Channel } from '../../src/wechat/v3/channel.ts'
import { refuse, sayGzip, sayNoBill, startBillServer, type BillReply } from './bill-server.ts'
import { ACCOUNT } from './config.ts'
import { makeKeys, readKeys } from './v3-keys.ts'
import { byPath, refuseWith, saySigned, startV3Platform, type V3Reply } from './v3-platform.ts'

/** What WeChat says when it is asked for a bill; a text is the bill. */
export type BillAnswer = { readonly text: string } | 'none' | 'creating' | 'refused' | 'busy'

/** A host that serves bills in the words of one channel, and the channel that asks it. */
export interface BillHost {
  readonly channel: PaymentChannel
  serve(answer: BillAnswer): void
  close(): Promise<void>
}

export const startBillHost = (name: ChannelName, http: WeChatHttp): Promise<BillHost> =>
  HOSTS[name](http)

const HOSTS = { v2: startV2Host, v3: startV3Host } as const satisfies Record<
  ChannelName,
  (http: WeChatHttp) => Promise<BillHost>
>

async function startV2Host(http: WeChatHttp): Promise<BillHost> {
  const server = await startBillServer()
  const signingKey = { key: ACCOUNT.v2Key, signType: 'HMAC-SHA256' } as const
  const replies = {
    none: sayNoBill,
    creating: refuse('20002', 'Bill Creating'),
    refused: refuse('20007', 'closed'),
    busy: refuse('20100', 'system error'),
  } as const satisfies Record<string, BillReply>
  return {
    channel: createV2Channel(http, { ...ACCOUNT, signingKey, baseUrl: server.url }, null),
    serve(answer) {
      server.reply = typeof answer === 'string' ? replies[answer] : sayGzip(answer.text)
    },
    close: server.close,
  }
}

async function startV3Host(http: WeChatHttp): Promise<BillHost> {
  const [keys, platform] = await Promise.all([makeKeys(), startV3Platform()])
  const account = { ...ACCOUNT, keys: readKeys(keys), baseUrl: platform.url, backupUrl: null }
  const replies = {
    none: refuseWith(400, 'NO_STATEMENT_EXIST'),
    creating: refuseWith(400, 'STATEMENT_CREATING'),
    refused: refuseWith(403, 'NO_AUTH', 'closed'),
    busy: refuseWith(500, 'SYSTEM_ERROR'),
  } as const satisfies Record<string, V3Reply>
  const file = (text: string) =>
    byPath({
      '/v3/bill/tradebill': saySigned(keys.platform, linkTo(text)),
      '/v3/billdownload/file?token=1': (response) => response.end(gzipSync(text)),
    })
  return {
    channel: createV3Channel({ http, account, now: () => new Date(), readXmlNotice: null }),
    serve(answer) {
      platform.reply = typeof answer === 'string' ? replies[answer] : file(answer.text)
    },
    close: platform.close,
  }
}

/** The hash is that of the text, whatever it is packed in. */
export const linkTo = (text: string | Uint8Array) => ({
  hash_type: 'SHA1',
  hash_value: createHash('sha1').update(text).digest('hex'),
  download_url: 'https://api.mch.weixin.qq.com/v3/billdownload/file?token=1',
})
