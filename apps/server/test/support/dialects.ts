import { encryptRefundNotice } from '@dashang/shared/signing/refund-notice'
import { writeXml } from '@dashang/shared/signing/xml'
import type { FaultRule } from '@dashang/simulator'
import { CHANNEL_NAMES, type ChannelName } from '../../src/wechat/channel-names.ts'
import { ACCOUNT } from './config.ts'
import { paymentFields, signedXml } from './notification.ts'
import { envelopeOf, signedHeaders } from './v3-keys.ts'
import type { World } from './world.ts'

/** The channels that the tests go through: both, unless a run names the one that is enough for it. */
export const CHANNELS: readonly ChannelName[] = CHANNEL_NAMES.filter(
  (name) => name === (process.env['TEST_CHANNEL'] ?? name),
)

/** What WeChat says of a payment, whichever way it says so. */
export interface Telling {
  readonly appid: string
  readonly mchid: string
  readonly orderId: string
  readonly openid: string
  readonly amountFen: number
  readonly currency: string
  readonly transactionId: string
}

/** The same of a refund. */
export interface RefundTelling {
  readonly orderId: string
  readonly transactionId: string
  readonly refundId: string
  readonly wechatRefundId: string
  readonly totalFen: number
  readonly amountFen: number
  readonly outcome: 'succeeded' | 'closed'
}

export interface Message {
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
}

/** One version of the API, as the tests of both speak of it. */
interface Dialect {
  /** The names of its calls at the simulator. */
  readonly api: Readonly<Record<string, string>>
  readonly notifyPath: string
  readonly refundPath: string
  /** An authentic notification of a payment. */
  notification(platform: Platform, telling: Telling): Message
  refundNotice(platform: Platform, telling: RefundTelling): Message
  /** The answer to a question about an order. */
  queryAnswer(platform: Platform, telling: Telling, tradeState: string): Message
}

/** Whose keys sign. */
type Platform = Pick<World, 'simulator'>

/** A payment of 500 fen, of a transaction of the order's own. */
export function tellingOf(orderId: string, openid: string): Telling {
  const { transaction_id: transactionId = '' } = paymentFields(orderId, openid)
  const { appid, mchid } = ACCOUNT
  return { appid, mchid, orderId, openid, amountFen: 500, currency: 'CNY', transactionId }
}

const v2Fields = (telling: Telling) => ({
  ...paymentFields(telling.orderId, telling.openid),
  appid: telling.appid,
  mch_id: telling.mchid,
  total_fee: String(telling.amountFen),
  fee_type: telling.currency,
  transaction_id: telling.transactionId,
})

const v3Transaction = (telling: Telling, tradeState: string) => ({
  appid: telling.appid,
  mchid: telling.mchid,
  out_trade_no: telling.orderId,
  transaction_id: telling.transactionId,
  trade_type: 'JSAPI',
  trade_state: tradeState,
  trade_state_desc: '支付成功',
  bank_type: 'OTHERS',
  attach: '',
  success_time: '2026-01-01T12:00:00+08:00',
  payer: { openid: telling.openid },
  amount: {
    total: telling.amountFen,
    payer_total: telling.amountFen,
    currency: telling.currency,
    payer_currency: telling.currency,
  },
})

export function signedByWeChat({ simulator }: Platform, body: string): Message {
  const { clock, keys } = simulator
  const signer = keys.newest(keys.mode() === 'certificate' ? 'certificate' : 'public_key')
  return { body, headers: signedHeaders(body, signer, clock.now()) }
}

export const DIALECTS = {
  v2: {
    api: {
      place: 'unifiedorder',
      query: 'orderquery',
      close: 'closeorder',
      refund: 'refund',
      refundQuery: 'refundquery',
      bill: 'downloadbill',
    },
    notifyPath: '/notify/wechat-pay/v2/payment',
    refundPath: '/notify/wechat-pay/v2/refund',
    notification: (_, telling) => ({ body: signedXml(v2Fields(telling)), headers: {} }),
    refundNotice(_, telling) {
      const told = {
        transaction_id: telling.transactionId,
        out_trade_no: telling.orderId,
        refund_id: telling.wechatRefundId,
        out_refund_no: telling.refundId,
        total_fee: String(telling.totalFen),
        refund_fee: String(telling.amountFen),
        refund_status: telling.outcome === 'succeeded' ? 'SUCCESS' : 'REFUNDCLOSE',
      }
      const body = writeXml({
        return_code: 'SUCCESS',
        appid: ACCOUNT.appid,
        mch_id: ACCOUNT.mchid,
        nonce_str: 'nonce',
        req_info: encryptRefundNotice(told, ACCOUNT.v2Key),
      })
      return { body, headers: {} }
    },
    queryAnswer: (_, telling, trade_state) => ({
      body: signedXml({ ...v2Fields(telling), trade_state }),
      headers: {},
    }),
  },
  v3: {
    api: {
      place: 'v3_jsapi',
      query: 'v3_query',
      close: 'v3_close',
      refund: 'v3_refund',
      refundQuery: 'v3_refund_query',
      bill: 'v3_bill',
    },
    notifyPath: '/notify/wechat-pay/v3/payment',
    refundPath: '/notify/wechat-pay/v3/refund',
    notification: (world, telling) =>
      signedByWeChat(world, envelopeOf('TRANSACTION.SUCCESS', v3Transaction(telling, 'SUCCESS'))),
    refundNotice(world, telling) {
      const status = telling.outcome === 'succeeded' ? 'SUCCESS' : 'CLOSED'
      const { totalFen: total, amountFen: refund } = telling
      const told = {
        mchid: ACCOUNT.mchid,
        transaction_id: telling.transactionId,
        out_trade_no: telling.orderId,
        refund_id: telling.wechatRefundId,
        out_refund_no: telling.refundId,
        refund_status: status,
        user_received_account: '支付用户零钱',
        amount: { total, refund, payer_total: total, payer_refund: refund },
      }
      return signedByWeChat(world, envelopeOf(`REFUND.${status}`, told))
    },
    queryAnswer: (world, telling, tradeState) =>
      signedByWeChat(world, JSON.stringify(v3Transaction(telling, tradeState))),
  },
} as const satisfies Record<ChannelName, Dialect>

type FaultOf<On extends FaultRule['on']> = Extract<FaultRule, { on: On }>['fault']
/** What can happen to a call of either version. */
export type CallFault = FaultOf<'orderquery'> & FaultOf<'v3_query'>
type CallName = (typeof DIALECTS)[ChannelName]['api'][keyof (typeof DIALECTS)['v2']['api']]

/** A rule for one call, whichever version it is of. */
export const onCall = (on: CallName, fault: CallFault, times?: number) =>
  ({ on, fault, ...(times !== undefined && { times }) }) as FaultRule

/** Sends an authentic notification to the address of its channel. */
export function tell(world: World, channel: ChannelName, telling: Telling): Promise<Response> {
  const { notifyPath, notification } = DIALECTS[channel]
  const { body, headers } = notification(world, telling)
  return world.post(notifyPath, body, headers)
}
