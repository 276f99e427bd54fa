import { createPrivateKey } from 'node:crypto'
import { canonicalText, sign, type Fields } from '@dashang/shared/signing/v2'
import { sign as signBytes } from '@dashang/shared/signing/v3/signature'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startSimulator, type Simulator } from '../src/simulator.ts'
import { ACCOUNT } from './account.ts'
import { createMerchant, orderFields } from './merchant.ts'
import { createV3Merchant } from './v3-merchant.ts'

const KEY = { key: ACCOUNT.v2Key, signType: 'MD5' } as const

let simulator: Simulator
let openid: string
let v2PrepayId: string
let v3PrepayId: string

beforeAll(async () => {
  simulator = await startSimulator({ account: ACCOUNT })
  openid = simulator.login('alice').openid
  const { fields } = await createMerchant(simulator).send('unifiedorder', orderFields(openid))
  v2PrepayId = fields['prepay_id'] ?? ''
  const payer = { openid }
  const placed = await createV3Merchant(simulator).place({ out_trade_no: 'order-v3-1', payer })
  v3PrepayId = (JSON.parse(placed.body) as { prepay_id: string }).prepay_id
})
afterAll(() => simulator.close())

const lastCall = () => simulator.platform.calls.at(-1)

describe('a refused paySign of v2', () => {
  const parameters = () => ({
    timeStamp: '1735689600',
    nonceStr: 'nonce',
    package: `prepay_id=${v2PrepayId}`,
    signType: 'MD5',
  })
  const request = (changes: Partial<ReturnType<typeof parameters>>, signed: Fields) =>
    simulator.requestPayment({
      openid,
      ...parameters(),
      ...changes,
      paySign: sign(signed, {
        ...KEY,
        signType: changes.signType === undefined ? 'MD5' : 'HMAC-SHA256',
      }),
    })

  it.each<[string, (all: Fields) => Fields]>([
    [
      'appId is signed as «appid», without the capital',
      ({ appId = '', ...all }) => ({ ...all, appid: appId }),
    ],
    ['appId is left out', (all) => ({ ...all, appId: '' })],
    ['signType is left out', (all) => ({ ...all, signType: '' })],
    [
      'the prepay_id is signed without «prepay_id=» in front',
      (all) => ({ ...all, package: v2PrepayId }),
    ],
  ])('is kept as a call that says: %s', (mistake, change) => {
    const all = { appId: ACCOUNT.appid, ...parameters() }
    const result = request({}, change(all))
    expect(result).toMatchObject({ kind: 'fail', errMsg: 'requestPayment:fail 支付验证签名失败' })
    const expectedText = `${canonicalText(all)}&key=<the v2 key>`
    const sentText = `${canonicalText(change(all))}&key=<the v2 key>`
    expect(lastCall()).toMatchObject({
      api: 'request_payment',
      outTradeNo: 'order-0001',
      result: '支付验证签名失败',
      signature: { algorithm: 'MD5', mistake, sentText, expectedText },
    })
    const at = lastCall()?.signature?.firstDifferingByte ?? -1
    expect(sentText.slice(0, at)).toBe(expectedText.slice(0, at))
    expect(sentText[at]).not.toBe(expectedText[at])
  })

  it('says so when the sign type is not that of the order', () => {
    const signType = 'HMAC-SHA256'
    request({ signType }, { appId: ACCOUNT.appid, ...parameters(), signType })
    expect(lastCall()?.signature).toMatchObject({
      algorithm: 'MD5',
      mistake: 'signType is HMAC-SHA256, and that of the order is MD5',
    })
    expect(lastCall()?.signature?.sentText).toContain('signType=HMAC-SHA256')
    expect(lastCall()?.signature?.expectedText).toContain('signType=MD5')
  })

  it('compares the signatures where nothing explains it', () => {
    request({}, { appId: ACCOUNT.appid, ...parameters(), nonceStr: 'another' })
    const { signature } = lastCall() ?? {}
    expect(signature).toMatchObject({ mistake: null, sentText: null })
    expect(signature?.expectedSignature).toBe(sign({ appId: ACCOUNT.appid, ...parameters() }, KEY))
  })
})

describe('a refused paySign of v3', () => {
  const parameters = () => ({
    timeStamp: '1735689600',
    nonceStr: 'nonce',
    package: `prepay_id=${v3PrepayId}`,
    signType: 'RSA',
  })
  const text = () => `${ACCOUNT.appid}\n1735689600\nnonce\nprepay_id=${v3PrepayId}\n`
  const rsa = (signed: string) =>
    signBytes(Buffer.from(signed), createPrivateKey(simulator.certificates.merchantKey))

  it.each<[string, (all: string) => string]>([
    ['the line feed at the end is missing', (all) => all.slice(0, -1)],
    ['the appid is left out', (all) => all.replace(`${ACCOUNT.appid}\n`, '')],
    [
      'the prepay_id is signed without «prepay_id=» in front',
      (all) => all.replace('prepay_id=', ''),
    ],
  ])('is kept as a call that says: %s', (mistake, change) => {
    const paySign = rsa(change(text()))
    const result = simulator.requestPayment({ openid, ...parameters(), paySign })
    expect(result.kind).toBe('fail')
    expect(lastCall()).toMatchObject({
      api: 'request_payment',
      outTradeNo: 'order-v3-1',
      signature: {
        mistake,
        sentText: change(text()),
        expectedText: text(),
        sentSignature: paySign,
      },
    })
    const at = lastCall()?.signature?.firstDifferingByte ?? -1
    expect(change(text()).slice(0, at)).toBe(text().slice(0, at))
    expect(change(text())[at]).not.toBe(text()[at])
  })

  it('says so when everything is right but signType', () => {
    const paySign = rsa(text())
    simulator.requestPayment({ openid, ...parameters(), signType: 'MD5', paySign })
    expect(lastCall()?.signature).toMatchObject({
      mistake: 'signType is MD5, and that of the order is RSA',
      firstDifferingByte: null,
    })
  })
})

describe('the calls that are kept', () => {
  it('have the shape problems of requestPayment, and what was right', () => {
    simulator.requestPayment({
      openid,
      timeStamp: 'now',
      nonceStr: 'n',
      package: 'prepay_id=x',
      signType: 'MD5',
      paySign: 'x',
    })
    expect(lastCall()).toMatchObject({ result: 'timeStamp格式错误', outTradeNo: null })
    const right = createV3Merchant(simulator).payParameters(v3PrepayId)
    expect(simulator.requestPayment({ openid, ...right }).kind).toBe('open')
    expect(lastCall()).toMatchObject({ api: 'request_payment', result: 'OK' })
  })

  it('are numbered in the order of their coming', () => {
    const ids = simulator.platform.calls.map(({ id }) => id)
    expect(ids).toEqual(ids.map((_, i) => i + 1))
  })
})
