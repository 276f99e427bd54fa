import type { CheckTable } from '../check.ts'
import { Failed, Skipped } from '../outcome.ts'
import { isPaid } from '../observe.ts'
import { placeAgain, placeOrder } from '../place.ts'
import { usesAny } from '../template.ts'

/** What a server does before anybody pays. */
export const ORDER_CHECKS = {
  order_placed: {
    title: 'an order is placed at WeChat',
    why: 'Nobody can pay what WeChat does not know.',
    fix: 'Let the server listen at --prepay-url and take what is sent there, place the order with unifiedorder (or v3 jsapi), and answer the five parameters of wx.requestPayment, each as text.',
    async run(stage) {
      const { order } = await placeOrder(stage)
      return `${order.outTradeNo}, ${order.totalFee} fen`
    },
  },
  amount_as_asked: {
    title: 'the amount at WeChat is the amount that was asked for',
    why: 'An amount that is converted on its way (yuan, floating point) is off by a fen or by a hundred times.',
    fix: 'Keep money as a whole number of fen everywhere; convert yuan as decimal text.',
    async run(stage) {
      if (!usesAny(stage.calls.prepay, ['amount', 'yuan'])) {
        throw new Skipped('the request for an order names no {amount}')
      }
      const { order } = await placeOrder(stage)
      if (order.totalFee === stage.amountFen) return `${order.totalFee} fen`
      throw new Failed(`asked for ${stage.amountFen} fen, placed ${order.totalFee} fen`)
    },
  },
  second_signature: {
    title: 'the cashier opens',
    why: 'A wrong paySign is found by the first person who wants to pay: «支付验证签名失败».',
    fix: 'Sign appId, timeStamp, nonceStr, package and signType with the sign type of the order; timeStamp is Unix seconds as text.',
    async run(stage) {
      const { openid, payment } = await placeOrder(stage)
      const result = stage.simulator.requestPayment({ openid, ...payment })
      if (result.kind === 'open') return `signed with ${payment.signType}`
      throw new Failed(result.kind === 'fail' ? `${result.errMsg} (${result.hint})` : 'scripted')
    },
  },
  numbers_differ: {
    title: 'two orders have two numbers',
    why: 'With one out_trade_no for two purchases the second is refused, or paid with the first.',
    fix: 'Make out_trade_no unique for each order, by random or by the id of the order.',
    async run(stage) {
      const [first, second] = [await placeOrder(stage), await placeOrder(stage)]
      const { outTradeNo } = first.order
      if (outTradeNo !== second.order.outTradeNo) return 'they have'
      throw new Failed(`both are ${outTradeNo}`)
    },
  },
  repeat_is_one_order: {
    title: 'asking twice for one order makes one order',
    why: 'A lost answer makes a phone ask again; two payable orders for one purchase are paid twice.',
    fix: 'Let the client name the order, and place the same out_trade_no with the same content again: WeChat answers a fresh prepay_id.',
    async run(stage) {
      if (!usesAny(stage.calls.prepay, ['orderId'])) {
        throw new Skipped('the request for an order has no {orderId} to repeat')
      }
      const first = await placeOrder(stage)
      const again = await placeAgain(stage, first)
      if (first.order !== again.order) {
        throw new Failed(`${first.order.outTradeNo} and ${again.order.outTradeNo} were placed`)
      }
      const { openid, payment } = again
      const result = stage.simulator.requestPayment({ openid, ...payment })
      if (result.kind === 'open') return 'and the cashier opens for the repeated answer'
      throw new Failed(`the repeated answer opens no cashier: ${String(result.errMsg)}`)
    },
  },
  unpaid_before_payment: {
    title: 'an order that nobody paid says so',
    why: 'An order that counts as paid when it is placed is a gift.',
    fix: 'Only a verified notification, or a query of your own, makes an order paid.',
    async run(stage) {
      const paid = await isPaid(stage, await placeOrder(stage))
      if (paid === null) throw new Skipped('without --order-url nobody can see its state')
      if (paid) throw new Failed('it says paid')
      return 'it does'
    },
  },
} as const satisfies CheckTable
