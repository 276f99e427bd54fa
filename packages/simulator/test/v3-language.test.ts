import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ENGLISH } from '../src/pay-v3/errors-en.ts'
import { ERRORS, type V3Error } from '../src/pay-v3/errors.ts'
import { startSimulator, type Simulator } from '../src/simulator.ts'
import { ACCOUNT } from './account.ts'
import { createV3Merchant, fieldsOf, JSAPI, orderBody, verdictOf } from './v3-merchant.ts'

let simulator: Simulator
let merchant: ReturnType<typeof createV3Merchant>

beforeEach(async () => {
  simulator = await startSimulator({ account: ACCOUNT })
  merchant = createV3Merchant(simulator)
})
afterEach(() => simulator.close())

const ORDER = `/v3/pay/transactions/out-trade-no/order-0001?mchid=${ACCOUNT.mchid}`

describe('Accept-Language', () => {
  const short = (language?: string) =>
    merchant.post(JSAPI, orderBody({ out_trade_no: '打' }), {
      headers: { 'Accept-Language': language },
    })

  it.each([undefined, '*', 'zh-CN', 'zh-HK', 'zh-TW', 'fr'])(
    'is Chinese for %s',
    async (language) => {
      const reply = await short(language)
      expect(fieldsOf(reply)['message']).toBe(
        '输入源“/body/out_trade_no”映射到值字段“商户订单号”字符串规则校验失败，字节数 3，小于最小值 6',
      )
      expect(reply.headers['content-language']).toBe('zh-CN')
    },
  )

  it.each(['en', 'en-US,en;q=0.9'])('is English for %s, with the same code', async (language) => {
    const reply = await short(language)
    expect(reply.status).toBe(400)
    expect(fieldsOf(reply)).toEqual({
      code: 'PARAM_ERROR',
      message: '/body/out_trade_no: it has 3 bytes, at least 6 are needed',
      detail: { location: 'body', value: 3 },
    })
    expect(reply.headers['content-language']).toBe('en')
    expect(verdictOf(simulator, reply).kind).toBe('genuine')
    const unknown = await merchant.get(ORDER, { headers: { 'Accept-Language': language } })
    expect(fieldsOf(unknown)['message']).toBe(ENGLISH.ORDER_NOT_EXIST)
  })

  it('has a text of its own for every row that has a body', () => {
    for (const row of Object.keys(ERRORS) as V3Error[]) {
      expect(ENGLISH[row] === '').toBe(ERRORS[row].code === null)
      expect(ENGLISH[row]).toMatch(/^[ -~]*$/)
    }
  })
})
