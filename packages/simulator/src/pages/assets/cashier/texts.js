import { language } from '../language.js'

/** What WeChat says of an order that cannot be paid, whatever the language of the page. */
export const WORDS_OF_WECHAT = {
  SUCCESS: '该订单已支付',
  REFUND: '该订单已支付',
  CLOSED: '该订单已关闭',
}

const ZH = {
  title: '微信支付',
  cancel: '取消支付',
  back: '返回',
  goods: '商品',
  method: '付款方式',
  wallet: '零钱',
  balance: (/** @type {string} */ amount) => `剩余 ${amount}`,
  pay: '确认支付',
  password: '请输入支付密码',
  typed: (/** @type {number} */ count) => `已输入 ${count} 位，共 6 位`,
  anyDigits: '模拟器：任意六位数字',
  erase: '删除一位',
  paying: '正在支付…',
  paid: '支付成功',
  payee: '收款方',
  finish: '完成',
  leave: '返回商家',
  drawer: '模拟其他结果',
  missing: '模拟器里没有这笔订单',
  over: WORDS_OF_WECHAT,
  silent: '模拟器没有回应',
  closed: '收银台已关闭',
  reported: '小程序得到的回应',
  unheard: '小程序没有得到任何回应',
  overview: '打开模拟器',
  outcomes: {
    cancel: ['取消', '不扣款，回报取消'],
    fail: ['支付失败', '不扣款，回报失败'],
    vanish: ['关闭窗口', '不扣款，不回报'],
    pay_and_report_fail: ['已付却报失败', '扣款，回报失败'],
    pay_and_vanish: ['已付却不回报', '扣款，不回报'],
    pay_again: ['再付一次', '同一订单的第二笔付款'],
  },
}

/** @type {typeof ZH} */
const EN = {
  title: 'WeChat Pay',
  cancel: 'Cancel payment',
  back: 'Back',
  goods: 'Item',
  method: 'Pay with',
  wallet: 'Balance',
  balance: (amount) => `${amount} left`,
  pay: 'Pay',
  password: 'Enter the payment password',
  typed: (count) => `${count} of 6 digits entered`,
  anyDigits: 'Simulator: any six digits will do',
  erase: 'Delete one digit',
  paying: 'Paying…',
  paid: 'Payment successful',
  payee: 'Paid to',
  finish: 'Done',
  leave: 'Back to the merchant',
  drawer: 'Simulate another outcome',
  missing: 'The simulator knows no such order',
  over: {
    SUCCESS: 'This order is paid',
    REFUND: 'This order is paid',
    CLOSED: 'This order is closed',
  },
  silent: 'The simulator did not answer',
  closed: 'The cashier is closed',
  reported: 'The mini-program was told',
  unheard: 'The mini-program was told nothing',
  overview: 'Open the simulator',
  outcomes: {
    cancel: ['Cancel', 'no charge, reports cancel'],
    fail: ['Fail', 'no charge, reports fail'],
    vanish: ['Close the window', 'no charge, reports nothing'],
    pay_and_report_fail: ['Pay, report fail', 'charges, reports fail'],
    pay_and_vanish: ['Pay, never report', 'charges, reports nothing'],
    pay_again: ['Pay again', 'a second payment of this order'],
  },
}

export const texts = { zh: ZH, en: EN }[language()]
