import { PLATFORM_FLAGS } from './platform-flags.ts'
import { CHECKS } from '../conformance/run.ts'
import type { FlagTable } from './flags.ts'
import { isAmount, isCondition, isHeader, isSeconds, isUrl } from './values.ts'

const isCheck = (value: string) =>
  Object.hasOwn(CHECKS, value) ? null : `is none of ${Object.keys(CHECKS).join(', ')}`

/** How the server of somebody else is driven. */
export const CHECK_FLAGS = {
  'prepay-url': {
    value: 'URL',
    problem: isUrl,
    help: 'your call that places an order and answers the parameters of wx.requestPayment',
  },
  'prepay-method': { value: 'METHOD', standard: 'POST', help: 'how it is called' },
  'prepay-body': {
    value: 'TEXT',
    standard: '{"orderId":"{orderId}","amountFen":{amount}}',
    help: 'its body',
  },
  'payment-path': {
    value: 'PATH',
    help: 'where the five parameters stand in its answer, like data.payment; found by paySign without it',
  },
  'notify-url': {
    value: 'URL',
    problem: isUrl,
    help: 'where notifications are sent; without it where the order says',
  },
  'order-url': {
    value: 'URL',
    problem: isUrl,
    help: 'your call that answers the state of an order, like …/orders/{orderId}',
  },
  'order-method': { value: 'METHOD', standard: 'GET', help: 'how it is called' },
  'paid-when': {
    value: 'PATH=VALUES',
    problem: isCondition,
    help: 'what it answers when the order is paid, like data.status=PAID,FINISHED; by the usual words without it',
  },
  'confirm-url': {
    value: 'URL',
    problem: isUrl,
    help: 'your call for the moment after the cashier, if there is one (POST)',
  },
  'login-url': {
    value: 'URL',
    problem: isUrl,
    help: 'your login with a code of wx.login, if the other calls need one (POST)',
  },
  'login-body': { value: 'TEXT', standard: '{"code":"{code}"}', help: 'its body' },
  'login-token': {
    value: 'PATH',
    standard: 'token',
    help: 'where the token stands in its answer',
  },
  'refund-url': {
    value: 'URL',
    problem: isUrl,
    help: 'your call that gives money back; without it the checks of refunds are left out',
  },
  'refund-method': { value: 'METHOD', standard: 'POST', help: 'how it is called' },
  'refund-body': {
    value: 'TEXT',
    standard: '{"orderId":"{orderId}","refundId":"{refundId}","amountFen":{amount}}',
    help: 'its body',
  },
  'refund-state-url': {
    value: 'URL',
    problem: isUrl,
    help: 'your call that answers the state of a refund, like …/refunds/{refundId}',
  },
  'refund-state-method': { value: 'METHOD', standard: 'GET', help: 'how it is called' },
  'refunded-when': {
    value: 'PATH=VALUES',
    problem: isCondition,
    help: 'what it answers when the payer has the money; by the usual words without it',
  },
  'refund-header': {
    value: 'HEADER',
    isList: true,
    problem: isHeader,
    help: 'sent with these two calls, instead of a --header of the same name: whoever refunds is rarely the payer',
  },
  'bill-url': {
    value: 'URL',
    problem: isUrl,
    help: 'your call that compares a day with WeChat’s bill and answers what came of it; without it the checks of bills are left out',
  },
  'bill-method': { value: 'METHOD', standard: 'POST', help: 'how it is called' },
  'bill-body': { value: 'TEXT', standard: '{"day":"{day}"}', help: 'its body' },
  'bill-agrees-when': {
    value: 'PATH=VALUES',
    problem: isCondition,
    help: 'what it answers when books and bill agree; everything else is a difference; by the usual words without it',
  },
  'bill-header': {
    value: 'HEADER',
    isList: true,
    problem: isHeader,
    help: 'sent with this call, instead of a --header of the same name',
  },
  header: {
    value: 'HEADER',
    isList: true,
    problem: isHeader,
    help: 'sent with each of your calls, any number of times; after a login «Authorization: Bearer {token}» goes without saying',
  },
  amount: { value: 'FEN', standard: '101', problem: isAmount, help: 'what an order costs' },
  patience: {
    value: 'SECONDS',
    standard: '45',
    problem: isSeconds,
    help: 'how long your server may take to find a lost payment or refund, or to close an order',
  },
  only: {
    value: 'ID',
    isList: true,
    problem: isCheck,
    help: 'run this check alone, or several; the card names them',
  },
  json: { value: 'FILE', help: 'write the result as JSON' },
  junit: { value: 'FILE', help: 'write the result as JUnit XML' },
  ...PLATFORM_FLAGS,
} as const satisfies FlagTable
