import { isSignedBy } from '@dashang/shared/signing/v2'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startSimulator, type Simulator } from '../src/simulator.ts'
import { ACCOUNT } from './account.ts'
import { createMerchant, orderFields } from './merchant.ts'

let simulator: Simulator
let merchant: ReturnType<typeof createMerchant>
let openid: string

beforeEach(async () => {
  simulator = await startSimulator({ account: ACCOUNT })
  merchant = createMerchant(simulator)
  openid = simulator.login('alice').openid
})
afterEach(() => simulator.close())

const place = (changes = {}) => merchant.send('unifiedorder', orderFields(openid, changes))
const query = (fields = { out_trade_no: 'order-0001' }) => merchant.send('orderquery', fields)
const close = () => merchant.send('closeorder', { out_trade_no: 'order-0001' })

describe('unifiedorder', () => {
  it.each(['MD5', 'HMAC-SHA256'] as const)(
    'answers a prepay_id, signed with %s',
    async (signType) => {
      merchant = createMerchant(simulator, signType)
      const { fields, contentType } = await place()
      expect(fields).toMatchObject({ return_code: 'SUCCESS', result_code: 'SUCCESS' })
      expect(fields['prepay_id']).toMatch(/^wx[0-9a-f]{34}$/)
      expect(isSignedBy(fields, { key: ACCOUNT.v2Key, signType })).toBe(true)
      expect(contentType).toMatch('text/plain')
    },
  )

  it('gives a new prepay_id for the same content', async () => {
    const first = await place()
    const again = await place({ spbill_create_ip: '10.0.0.1' })
    expect(again.fields['result_code']).toBe('SUCCESS')
    expect(again.fields['prepay_id']).not.toBe(first.fields['prepay_id'])
  })

  it.each([{ total_fee: '501' }, { body: '别的' }, { notify_url: 'http://127.0.0.1:9/other' }])(
    'refuses the same number with %o',
    async (changes) => {
      await place()
      const { fields, hint } = await place(changes)
      expect(fields).toMatchObject({
        err_code: 'INVALID_REQUEST',
        err_code_des: '201 商户订单号重复',
      })
      expect(hint).toContain(Object.keys(changes)[0])
    },
  )

  it('says that an order is paid', async () => {
    await place()
    simulator.pay('order-0001')
    expect((await place()).fields).toMatchObject({ err_code: 'ORDERPAID' })
  })

  it('says that an order is closed', async () => {
    await place()
    await close()
    expect((await place()).fields).toMatchObject({ err_code: 'ORDERCLOSED' })
  })

  it('refuses an openid of another mini-program', async () => {
    const { fields } = await place({ openid: 'oSomebodyElse' })
    expect(fields).toMatchObject({ err_code: 'PARAM_ERROR', err_code_des: 'appid与openid不匹配' })
  })

  it('counts bytes, not characters', async () => {
    expect((await place({ body: '赏'.repeat(42) })).fields['result_code']).toBe('SUCCESS')
    const { fields } = await place({ out_trade_no: 'order-0002', body: '赏'.repeat(43) })
    expect(fields['return_code']).toBe('FAIL')
    expect(fields['return_msg']).toContain('字节数 129，大于最大值 127')
    expect(fields).not.toHaveProperty('sign')
  })

  it.each([
    [{ total_fee: '0' }, 'total_fee'],
    [{ total_fee: '1.5' }, 'total_fee'],
    [{ total_fee: '' }, 'total_fee'],
    [{ notify_url: 'http://127.0.0.1/n?x=1' }, 'notify_url'],
    [{ notify_url: '/notify' }, 'notify_url'],
    [{ out_trade_no: 'a/b' }, 'out_trade_no'],
    [{ spbill_create_ip: 'localhost' }, 'spbill_create_ip'],
    [{ fee_type: 'USD' }, 'fee_type'],
    [{ time_expire: '20260231000000' }, 'time_expire'],
    [{ openid: '' }, 'openid'],
  ])('refuses %o and names the field', async (changes, name) => {
    const { fields, hint } = await place(changes)
    expect(fields['return_code']).toBe('FAIL')
    expect(hint).toContain(name)
  })
})

it('says of an openid that is missing what WeChat says', async () => {
  expect((await place({ openid: '' })).fields['return_msg']).toBe('JSAPI支付必须传openid')
})

it.each(['NATIVE', 'APP', 'MWEB'])('needs no openid to say NOAUTH to %s', async (tradeType) => {
  const { fields, hint } = await place({ trade_type: tradeType, openid: '' })
  expect(fields).toEqual({
    return_code: 'FAIL',
    return_msg: '商户号该产品权限未开通，请前往商户平台>产品中心检查后重试',
  })
  expect(hint).toContain('JSAPI')
})

describe('the door of API v2', () => {
  it('shows the text it expected to be signed, without the key', async () => {
    const forged = await merchant.post(
      'orderquery',
      `<xml><appid>${ACCOUNT.appid}</appid><mch_id>${ACCOUNT.mchid}</mch_id><nonce_str>中文</nonce_str><out_trade_no>x</out_trade_no><sign>BAD</sign></xml>`,
    )
    expect(forged.fields).toEqual({ return_code: 'FAIL', return_msg: '签名错误' })
    expect(forged.hint).toContain(`nonce_str=中文&out_trade_no=x&key=<the v2 key>`)
    expect(forged.hint).not.toContain(ACCOUNT.v2Key)
  })

  it.each([
    ['', 'post数据为空'],
    ['{"json": true}', 'XML格式错误'],
    ['<!DOCTYPE xml [<!ENTITY a "b">]><xml><a>&a;</a></xml>', 'XML格式错误'],
    ['<xml><a>1</a><a>2</a></xml>', 'XML格式错误'],
    ['<xml><appid>1</appid></xml>', '缺少参数mch_id'],
  ])('refuses %j with %s', async (body, message) => {
    expect((await merchant.post('unifiedorder', body)).fields).toEqual({
      return_code: 'FAIL',
      return_msg: message,
    })
  })

  it.each([
    ['<xml><a>1</xml>', 'its XML is not taken: not well-formed'],
    ['<xml><a>1</a><a>2</a></xml>', 'its XML is not taken: an element given twice'],
  ])('says of %s what is wrong with it', async (body, hint) => {
    expect((await merchant.post('unifiedorder', body)).hint).toBe(hint)
  })

  it('takes POST only', async () => {
    const response = await fetch(`${simulator.url}/pay/unifiedorder`)
    expect(response.status).toBe(200)
    expect(await response.text()).toContain('请使用post方法')
  })

  it('refuses an appid that is not bound to the merchant', async () => {
    const { fields } = await place({ appid: 'wx1111111111111111' })
    expect(fields).toMatchObject({ err_code: 'APPID_MCHID_NOT_MATCH' })
  })

  it('refuses a merchant it does not know', async () => {
    expect((await place({ mch_id: '1' })).fields).toMatchObject({ return_msg: '商户号不存在' })
  })
})

describe('orderquery', () => {
  it('says nothing of money before it is paid', async () => {
    await place({ attach: '留言' })
    const { fields } = await query()
    expect(fields).toMatchObject({ trade_state: 'NOTPAY', attach: '留言' })
    expect(fields).not.toHaveProperty('total_fee')
    expect(fields).not.toHaveProperty('transaction_id')
  })

  it('finds a paid order by either number', async () => {
    await place()
    simulator.pay('order-0001')
    const { fields } = await query()
    expect(fields).toMatchObject({ trade_state: 'SUCCESS', total_fee: '500', openid })
    expect(fields['transaction_id']).toMatch(/^42000[0-9]{23}$/)
    const { transaction_id = '' } = fields
    expect(fields).not.toHaveProperty('device_info')
    const other = { transaction_id, out_trade_no: 'no-such-order' }
    expect((await query(other)).fields['out_trade_no']).toBe('order-0001')
  })

  it('gives the device back that the order named', async () => {
    expect((await place({ device_info: 'till 1' })).fields['device_info']).toBe('till 1')
    expect((await query()).fields['device_info']).toBe('till 1')
    simulator.pay('order-0001')
    expect((await query()).fields['device_info']).toBe('till 1')
  })

  it('does not know an order that nobody placed', async () => {
    expect((await query()).fields).toMatchObject({ err_code: 'ORDERNOTEXIST' })
  })

  it('reads an order past its time as closed', async () => {
    await place({ time_expire: expiryIn(simulator, 120_000) })
    await simulator.clock.advance(121_000)
    expect((await query()).fields['trade_state']).toBe('CLOSED')
    expect(simulator.pay('order-0001').errMsg).toBe('requestPayment:fail 该订单已关闭')
  })
})

describe('an order without time_expire', () => {
  const weekMs = 7 * 24 * 3_600_000

  it('is payable for a week', async () => {
    await place()
    await simulator.clock.advance(weekMs - 1000)
    expect((await place()).fields['result_code']).toBe('SUCCESS')
    expect(simulator.pay('order-0001').errMsg).toBe('requestPayment:ok')
  })

  it('is closed after it', async () => {
    await place()
    await simulator.clock.advance(weekMs + 1000)
    expect((await query()).fields['trade_state']).toBe('CLOSED')
    expect((await place()).fields['err_code']).toBe('ORDERCLOSED')
    expect(simulator.pay('order-0001').errMsg).toBe('requestPayment:fail 该订单已关闭')
  })
})

describe('closeorder', () => {
  it('closes, also twice', async () => {
    await place()
    expect((await close()).fields['result_code']).toBe('SUCCESS')
    expect((await close()).fields['result_code']).toBe('SUCCESS')
    expect((await query()).fields['trade_state']).toBe('CLOSED')
    expect(simulator.pay('order-0001').errMsg).toMatch(/fail/)
  })

  it('refuses a paid order', async () => {
    await place()
    simulator.pay('order-0001')
    expect((await close()).fields['err_code']).toBe('ORDERPAID')
  })

  it('does not know an order that nobody placed', async () => {
    expect((await close()).fields['err_code']).toBe('ORDERNOTEXIST')
  })
})

function expiryIn({ clock }: Simulator, ms: number): string {
  const beijing = new Date(clock.now().getTime() + ms + 8 * 3_600_000)
  return beijing.toISOString().replace(/\D/g, '').slice(0, 14)
}
