import { createPrivateKey, createPublicKey } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import published from '../vectors.json' with { type: 'json' }
import { paySign, payText } from './pay-sign.ts'
import { isSignedBy } from './signature.ts'

const { inputs, expected } = published.vectors.find(({ id }) => id === 'v3-paysign-01') ?? {}
const privateKey = createPrivateKey(inputs?.private_key_pem ?? '')
const { appId = '', timeStamp = '', nonceStr = '', package: prepay = '' } = inputs ?? {}
const parameters = { appId, timeStamp, nonceStr, package: prepay }

describe('paySign', () => {
  it('signs the published example as WeChat does', () => {
    expect(payText(parameters).toString()).toBe(expected?.message)
    expect(paySign(parameters, privateKey)).toBe(expected?.paySign)
  })

  it('holds for no other parameters', () => {
    const signature = paySign(parameters, privateKey)
    const publicKey = createPublicKey(privateKey)
    const name = fc.constantFrom(...(Object.keys(parameters) as (keyof typeof parameters)[]))
    fc.assert(
      fc.property(name, fc.string(), (changed, text) => {
        fc.pre(parameters[changed] !== text)
        const other = payText({ ...parameters, [changed]: text })
        expect(isSignedBy(other, signature, publicKey)).toBe(false)
      }),
    )
  })
})
