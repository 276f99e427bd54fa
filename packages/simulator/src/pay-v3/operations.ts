import type { FaultTarget } from '../fault-table.ts'
import { applyAbnormalRefund, readAbnormalRefund } from './abnormal-refund.ts'
import { fundFlowBill, readFundFlow, readTradeBill, tradeBill } from './bills.ts'
import { listCertificates } from './certificates.ts'
import { closeOrder, readClose } from './close.ts'
import type { Operation } from './gateway.ts'
import { placeJsapi, readJsapi } from './jsapi.ts'
import {
  queryByOutTradeNo,
  queryByTransactionId,
  readOutTradeNo,
  readTransactionId,
} from './query.ts'
import { queryRefund, readRefund, readRefundNo, refund } from './refund.ts'

export interface ServedOperation extends Operation {
  /** What `/_sim/faults` and the list of calls name it. */
  readonly api: Extract<FaultTarget, `v3_${string}`>
}

const ORDERS = '/v3/pay/transactions'
const REFUNDS = '/v3/refund/domestic/refunds'

/** The calls of api.mch.weixin.qq.com, API v3. */
export const OPERATIONS: readonly ServedOperation[] = [
  {
    api: 'v3_jsapi',
    method: 'POST',
    path: `${ORDERS}/jsapi`,
    family: 'order',
    read: readJsapi,
    run: placeJsapi,
  },
  {
    api: 'v3_query',
    method: 'GET',
    path: `${ORDERS}/out-trade-no/:out_trade_no`,
    family: 'order',
    read: readOutTradeNo,
    run: queryByOutTradeNo,
  },
  {
    api: 'v3_query',
    method: 'GET',
    path: `${ORDERS}/id/:transaction_id`,
    family: 'order',
    read: readTransactionId,
    run: queryByTransactionId,
  },
  {
    api: 'v3_close',
    method: 'POST',
    path: `${ORDERS}/out-trade-no/:out_trade_no/close`,
    family: 'order',
    read: readClose,
    run: closeOrder,
  },
  {
    api: 'v3_refund',
    method: 'POST',
    path: REFUNDS,
    family: 'other',
    read: readRefund,
    run: refund,
  },
  {
    api: 'v3_refund_query',
    method: 'GET',
    path: `${REFUNDS}/:out_refund_no`,
    family: 'other',
    read: readRefundNo,
    run: queryRefund,
  },
  {
    api: 'v3_abnormal_refund',
    method: 'POST',
    path: `${REFUNDS}/:refund_id/apply-abnormal-refund`,
    family: 'other',
    read: readAbnormalRefund,
    run: applyAbnormalRefund,
  },
  {
    api: 'v3_bill',
    method: 'GET',
    path: '/v3/bill/tradebill',
    family: 'other',
    read: readTradeBill,
    run: tradeBill,
  },
  {
    api: 'v3_bill',
    method: 'GET',
    path: '/v3/bill/fundflowbill',
    family: 'other',
    read: readFundFlow,
    run: fundFlowBill,
  },
  {
    api: 'v3_certificates',
    method: 'GET',
    path: '/v3/certificates',
    family: 'other',
    read: () => null,
    run: listCertificates,
  },
]
