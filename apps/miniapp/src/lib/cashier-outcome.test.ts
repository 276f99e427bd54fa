import { expect, it } from 'vitest'
import { outcomeOf } from './cashier-outcome'

it.each([
  ['requestPayment:ok', 'submitted'],
  ['requestPayment:fail cancel', 'cancelled'],
  ['requestPayment:cancel', 'cancelled'],
  ['requestPayment:fail', 'unknown'],
  ['requestPayment:fail 支付验证签名失败', 'unknown'],
  ['requestPayment:fail cancelled by the bank', 'unknown'],
  ['toString', 'unknown'],
  ['', 'unknown'],
  [null, 'unknown'],
] as const)('reads %j as %s', (errMsg, outcome) => {
  expect(outcomeOf(errMsg)).toBe(outcome)
})
