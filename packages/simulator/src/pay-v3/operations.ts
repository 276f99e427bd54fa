import { listCertificates } from './certificates.ts'
import { closeOrder } from './close.ts'
import type { Operation } from './gateway.ts'
import { placeJsapi } from './jsapi.ts'
import { queryByOutTradeNo, queryByTransactionId } from './query.ts'
import { queryRefund, refund } from './refund.ts'

interface ServedOperation extends Operation {
  /** What `/_sim/faults` and the list of calls name it. */
  readonly api:
    'v3_jsapi' | 'v3_query' | 'v3_close' | 'v3_refund' | 'v3_refund_query' | 'v3_certificates'
}

const ORDERS = '/v3/pay/transactions'
const REFUNDS = '/v3/refund/domestic/refunds'

/** The calls of api.mch.weixin.qq.com, API v3. */
export const OPERATIONS: readonly ServedOperation[] = [
  { api: 'v3_jsapi', method: 'POST', path: `${ORDERS}/jsapi`, family: 'order', run: placeJsapi },
  {
    api: 'v3_query',
    method: 'GET',
    path: `${ORDERS}/out-trade-no/:out_trade_no`,
    family: 'order',
    run: queryByOutTradeNo,
  },
  {
    api: 'v3_query',
    method: 'GET',
    path: `${ORDERS}/id/:transaction_id`,
    family: 'order',
    run: queryByTransactionId,
  },
  {
    api: 'v3_close',
    method: 'POST',
    path: `${ORDERS}/out-trade-no/:out_trade_no/close`,
    family: 'order',
    run: closeOrder,
  },
  { api: 'v3_refund', method: 'POST', path: REFUNDS, family: 'other', run: refund },
  {
    api: 'v3_refund_query',
    method: 'GET',
    path: `${REFUNDS}/:out_refund_no`,
    family: 'other',
    run: queryRefund,
  },
  {
    api: 'v3_certificates',
    method: 'GET',
    path: '/v3/certificates',
    family: 'other',
    run: listCertificates,
  },
]
