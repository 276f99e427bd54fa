import { closeOrder } from './close-order.ts'
import {
  CLOSE_ORDER_FIELDS,
  ORDER_QUERY_FIELDS,
  REFUND_FIELDS,
  REFUND_QUERY_FIELDS,
  UNIFIED_ORDER_FIELDS,
} from './fields.ts'
import type { Operation } from './gateway.ts'
import { checkOrderNumber, orderQuery } from './order-query.ts'
import { checkRefundNumber, refundQuery } from './refund-query.ts'
import { refund } from './refund.ts'
import { checkTradeType, unifiedOrder } from './unified-order.ts'

interface ServedOperation extends Operation {
  readonly path: string
}

/** The calls of API v2 that are answered in XML. */
export const OPERATIONS = {
  unifiedorder: {
    path: '/pay/unifiedorder',
    fields: UNIFIED_ORDER_FIELDS,
    needsCertificate: false,
    check: checkTradeType,
    run: unifiedOrder,
  },
  orderquery: {
    path: '/pay/orderquery',
    fields: ORDER_QUERY_FIELDS,
    needsCertificate: false,
    check: checkOrderNumber,
    run: orderQuery,
  },
  closeorder: {
    path: '/pay/closeorder',
    fields: CLOSE_ORDER_FIELDS,
    needsCertificate: false,
    check: () => undefined,
    run: closeOrder,
  },
  refund: {
    path: '/secapi/pay/refund',
    fields: REFUND_FIELDS,
    needsCertificate: true,
    check: checkOrderNumber,
    run: refund,
  },
  refundquery: {
    path: '/pay/refundquery',
    fields: REFUND_QUERY_FIELDS,
    needsCertificate: false,
    check: checkRefundNumber,
    run: refundQuery,
  },
} as const satisfies Record<string, ServedOperation>
