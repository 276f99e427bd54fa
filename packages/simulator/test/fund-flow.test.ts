import { afterEach, beforeEach, expect, it } from 'vitest'
import { startSimulator, type Simulator } from '../src/simulator.ts'
import { ACCOUNT } from './account.ts'
import { createMerchant, postTls } from './merchant.ts'

let simulator: Simulator

beforeEach(async () => {
  simulator = await startSimulator({ account: ACCOUNT, startAt: new Date('2026-03-02T04:00:00Z') })
})
afterEach(() => simulator.close())

it.each([
  [{ account_type: 'BASIC' }, 'PARAM_ERROR', 'invalid account_type'],
  [{ account_type: 'Basic', bill_date: '20260302' }, 'PARAM_ERROR', 'invalid bill_date'],
  [{ account_type: 'Fees' }, 'NO_BILL_EXIST', 'No Bill Exist'],
])('a flow of %o is refused with %s, %s', async (changes, code, text) => {
  const { caCert: ca, merchantCert: cert, merchantKey: key } = simulator.certificates
  const merchant = createMerchant(simulator, 'HMAC-SHA256')
  const xml = merchant.xmlOf({ bill_date: '20260301', ...changes })
  const { fields } = await postTls(`${simulator.tlsUrl}/pay/downloadfundflow`, xml, {
    ca,
    cert,
    key,
  })
  expect(fields).toEqual({
    return_code: 'SUCCESS',
    return_msg: 'OK',
    result_code: 'FAIL',
    err_code: code,
    err_code_des: text,
  })
})
