import { stableToken, token } from './access-token.ts'
import type { MiniProgramCall } from './call.ts'
import { checkSession, code2Session } from './code2session.ts'
import {
  getShippedOrder,
  isTradeConfirmed,
  isTradeManaged,
  uploadShippingInfo,
} from './shipping.ts'
import { sendSubscribeMessage } from './subscribe-message.ts'
import { msgSecCheck } from './text-check.ts'

/** The calls of api.weixin.qq.com. */
export const CALLS = {
  jscode2session: {
    method: 'GET',
    path: '/sns/jscode2session',
    needsToken: false,
    run: code2Session,
  },
  token: { method: 'GET', path: '/cgi-bin/token', needsToken: false, run: token },
  stable_token: {
    method: 'POST',
    path: '/cgi-bin/stable_token',
    needsToken: false,
    run: stableToken,
  },
  checksession: { method: 'GET', path: '/wxa/checksession', needsToken: true, run: checkSession },
  msg_sec_check: { method: 'POST', path: '/wxa/msg_sec_check', needsToken: true, run: msgSecCheck },
  subscribe_send: {
    method: 'POST',
    path: '/cgi-bin/message/subscribe/send',
    needsToken: true,
    run: sendSubscribeMessage,
  },
  upload_shipping_info: {
    method: 'POST',
    path: '/wxa/sec/order/upload_shipping_info',
    needsToken: true,
    run: uploadShippingInfo,
  },
  get_order: {
    method: 'POST',
    path: '/wxa/sec/order/get_order',
    needsToken: true,
    run: getShippedOrder,
  },
  is_trade_managed: {
    method: 'POST',
    path: '/wxa/sec/order/is_trade_managed',
    needsToken: true,
    run: isTradeManaged,
  },
  is_trade_confirmed: {
    method: 'POST',
    path: '/wxa/sec/order/is_trade_management_confirmation_completed',
    needsToken: true,
    run: isTradeConfirmed,
  },
} as const satisfies Record<string, MiniProgramCall>
