import { Agent } from 'node:https'
import type { TLSSocket } from 'node:tls'
import type { Fields } from '@dashang/shared/signing/v2'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeCertificates, startSimulator, type Simulator } from '../src/simulator.ts'
import { ACCOUNT } from './account.ts'
import { createMerchant, orderFields, refundFields } from './merchant.ts'

let simulator: Simulator
let merchant: ReturnType<typeof createMerchant>

beforeEach(async () => {
  simulator = await startSimulator({ account: ACCOUNT })
  merchant = createMerchant(simulator)
  await merchant.send('unifiedorder', orderFields(simulator.login('alice').openid))
  simulator.pay('order-0001')
})
afterEach(() => simulator.close())

describe('the client certificate', () => {
  const expectRefusal = (reply: { fields: Fields; hint: string | null }, hint: string) => {
    expect(reply.fields).toMatchObject({ err_code: 'CERT_ERROR', err_code_des: '证书验证失败' })
    expect(reply.hint).toContain(hint)
    expect(simulator.refund('refund-0001')).toBeUndefined()
  }

  it('of the merchant opens the door', async () => {
    expect((await merchant.refund(refundFields())).fields['result_code']).toBe('SUCCESS')
  })

  it('is needed', async () => {
    const { caCert: ca } = simulator.certificates
    expectRefusal(await merchant.refund(refundFields(), { ca }), 'needs a client certificate')
  })

  it('cannot be shown without TLS', async () => {
    const response = await fetch(`${simulator.url}/secapi/pay/refund`, {
      method: 'POST',
      body: merchant.xmlOf(refundFields()),
    })
    expect(await response.text()).toContain('CERT_ERROR')
    expect(simulator.refund('refund-0001')).toBeUndefined()
  })

  it('of another authority is refused, whatever name it bears', async () => {
    const { merchantCert: cert, merchantKey: key } = await makeCertificates(ACCOUNT.mchid)
    const { caCert: ca } = simulator.certificates
    expectRefusal(await merchant.refund(refundFields(), { ca, cert, key }), 'authority')
  })

  it('of another merchant is refused', async () => {
    await simulator.close()
    const certificates = await makeCertificates('1900000002')
    simulator = await startSimulator({ account: ACCOUNT, certificates })
    merchant = createMerchant(simulator)
    expectRefusal(await merchant.refund(refundFields()), 'is of 1900000002')
  })

  it('of the server is no certificate of a merchant', async () => {
    await simulator.close()
    const certificates = await makeCertificates(ACCOUNT.mchid)
    simulator = await startSimulator({ account: ACCOUNT, certificates })
    merchant = createMerchant(simulator)
    const { caCert: ca, serverCert: cert, serverKey: key } = certificates
    const reply = await merchant.refund(refundFields(), { ca, cert, key })
    expect(reply.fields['err_code']).toBe('CERT_ERROR')
  })

  it('of the simulator is refused by a client that does not know its authority', async () => {
    const { merchantCert: cert, merchantKey: key } = simulator.certificates
    await expect(merchant.refund(refundFields(), { cert, key })).rejects.toThrow()
  })

  it('is known again when a TLS session is resumed', async () => {
    const { caCert: ca, merchantCert: cert, merchantKey: key } = simulator.certificates
    const agent = new Agent({ ca, cert, key })
    const reuses: boolean[] = []
    agent.on('keylog', (_, socket: TLSSocket) => {
      socket.once('secureConnect', () => reuses.push(socket.isSessionReused()))
    })
    for (const out_refund_no of ['refund-0001', 'refund-0001', 'refund-0001']) {
      const reply = await merchant.refund(refundFields({ out_refund_no }), { agent })
      expect(reply.fields['result_code']).toBe('SUCCESS')
    }
    expect(reuses).toContain(true)
  })

  it('belongs to the name that WeChat has', async () => {
    const { caCert: ca, merchantCert: cert, merchantKey: key } = simulator.certificates
    const servername = 'api.mch.weixin.qq.com'
    const reply = await merchant.refund(refundFields(), { ca, cert, key, servername })
    expect(reply.fields['result_code']).toBe('SUCCESS')
  })
})
