import { makeCertificates } from '@dashang/simulator'
import { describe, expect, it, vi } from 'vitest'
import { askRefund, casesOf, payOrder, statesOf } from '../support/refunds.ts'
import { ACCOUNT, startWorld } from '../support/world.ts'

// API v3 signs with the key of the certificate, so without one it cannot even start.
const ONLY_V2 = { WECHAT_PAY_V3_KEY: '', WECHAT_PAY_PUBLIC_KEYS: '' }

describe('without the right certificate', () => {
  it('there are no refunds, and the answer says so', async () => {
    const bare = await startWorld({
      ...ONLY_V2,
      ...ONLY_V2,
      WECHAT_PAY_CLIENT_CERT: '',
      WECHAT_PAY_CLIENT_KEY: '',
    })
    const orderId = await payOrder(bare)
    const reply = await askRefund(bare, orderId)
    expect(reply).toMatchObject({ status: 503, body: { code: 'REFUND_NOT_CONFIGURED' } })
    expect(await statesOf(bare, orderId)).toEqual([])
    await bare.close()
  })

  it('what was paid twice waits, and a person is told', async () => {
    const bare = await startWorld({
      ...ONLY_V2,
      ...ONLY_V2,
      WECHAT_PAY_CLIENT_CERT: '',
      WECHAT_PAY_CLIENT_KEY: '',
    })
    const orderId = await payOrder(bare)
    bare.simulator.pay(orderId, 'pay_again')
    await vi.waitFor(async () => {
      expect(await statesOf(bare, orderId)).toEqual(['requested'])
    })
    await bare.runDueJobs()
    expect(await statesOf(bare, orderId)).toEqual(['requested'])
    expect(await casesOf(bare, orderId)).toMatchObject([
      { kind: 'second_transaction' },
      { kind: 'refund_blocked', fields: ['NO_CLIENT_CERTIFICATE'] },
    ])
    await bare.close()
  })

  it('WeChat refuses, the refund waits, and a person is told', async () => {
    const { merchantCert, merchantKey } = await makeCertificates(ACCOUNT.mchid)
    const foreign = await startWorld({
      ...ONLY_V2,
      WECHAT_PAY_CLIENT_CERT: merchantCert,
      WECHAT_PAY_CLIENT_KEY: merchantKey,
    })
    const orderId = await payOrder(foreign)
    const { status, body } = await askRefund(foreign, orderId)
    expect({ status, state: body.state }).toEqual({ status: 200, state: 'requested' })
    expect(foreign.simulator.refund(body.refundId)).toBeUndefined()
    expect(await casesOf(foreign, orderId)).toMatchObject([
      { id: body.caseId, kind: 'refund_blocked', fields: ['CERT_ERROR'] },
    ])
    await foreign.close()
  })

  it('of WeChat, nothing is sent at all', async () => {
    const wary = await startWorld({ ...ONLY_V2, WECHAT_PAY_CA_CERT: '' })
    const orderId = await payOrder(wary)
    const { body } = await askRefund(wary, orderId)
    expect(body.state).toBe('requested')
    expect(wary.simulator.refund(body.refundId)).toBeUndefined()
    await wary.close()
  })
})
