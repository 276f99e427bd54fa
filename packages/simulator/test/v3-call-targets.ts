import { constants, publicEncrypt } from 'node:crypto'
import type { FaultTarget } from '../src/fault-table.ts'
import type { Simulator } from '../src/simulator.ts'
import { ACCOUNT } from './account.ts'
import { exchange, type CallTarget } from './call-targets.ts'
import { createV3Merchant, fieldsOf, JSAPI, orderBody, REFUNDS, refundBody } from './v3-merchant.ts'

type Prepare = (simulator: Simulator) => Promise<CallTarget>

const DAY_MS = 24 * 3_600_000
const ORDER = '/v3/pay/transactions/out-trade-no/order-0001'

interface Call {
  readonly method: 'GET' | 'POST'
  readonly target: string
  readonly content?: object
  readonly isDone?: () => boolean
}

/** A call that goes well, signed when it is sent. */
function ready(simulator: Simulator, { method, target, content, isDone }: Call): CallTarget {
  const merchant = createV3Merchant(simulator)
  return {
    send: () => exchange(`${simulator.url}${target}`, merchant.requestOf(method, target, content)),
    isDone: isDone ?? null,
  }
}

async function place(simulator: Simulator) {
  const merchant = createV3Merchant(simulator)
  await merchant.place({ payer: { openid: simulator.login('alice').openid } })
  return merchant
}

async function placeAndPay(simulator: Simulator) {
  const merchant = await place(simulator)
  simulator.faults.add({ on: 'notification', fault: 'drop' })
  simulator.pay('order-0001')
  return merchant
}

/** A payment, and the morning after it. */
async function billDay(simulator: Simulator) {
  const merchant = await placeAndPay(simulator)
  const paidAt = simulator.order('order-0001')?.paidAt ?? new Date()
  await simulator.clock.advance(2 * DAY_MS)
  const day = new Date(paidAt.getTime() + 8 * 3_600_000).toISOString().slice(0, 10)
  return { merchant, target: `/v3/bill/tradebill?bill_date=${day}` }
}

/** Every call of API v3 that can go wrong. */
export const V3_CALL_TARGETS: Readonly<Record<Extract<FaultTarget, `v3_${string}`>, Prepare>> = {
  v3_jsapi: async (simulator) => {
    const { openid } = simulator.login('alice')
    return ready(simulator, {
      method: 'POST',
      target: JSAPI,
      content: orderBody({ payer: { openid } }),
      isDone: () => simulator.order('order-0001') !== undefined,
    })
  },
  v3_query: async (simulator) => {
    await place(simulator)
    return ready(simulator, { method: 'GET', target: `${ORDER}?mchid=${ACCOUNT.mchid}` })
  },
  v3_close: async (simulator) => {
    await place(simulator)
    return ready(simulator, {
      method: 'POST',
      target: `${ORDER}/close`,
      content: { mchid: ACCOUNT.mchid },
      isDone: () => simulator.order('order-0001')?.state === 'CLOSED',
    })
  },
  v3_refund: async (simulator) => {
    await placeAndPay(simulator)
    return ready(simulator, {
      method: 'POST',
      target: REFUNDS,
      content: refundBody(),
      isDone: () => simulator.refund('refund-0001') !== undefined,
    })
  },
  v3_refund_query: async (simulator) => {
    const merchant = await placeAndPay(simulator)
    await merchant.post(REFUNDS, refundBody())
    return ready(simulator, { method: 'GET', target: `${REFUNDS}/refund-0001` })
  },
  v3_abnormal_refund: async (simulator) => {
    const merchant = await placeAndPay(simulator)
    await merchant.post(REFUNDS, refundBody())
    simulator.settleRefund('refund-0001', 'CHANGE')
    const { refundId = '' } = simulator.refund('refund-0001') ?? {}
    const { key } = simulator.keys.newest('public_key')
    const options = { key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' }
    return ready(simulator, {
      method: 'POST',
      target: `${REFUNDS}/${refundId}/apply-abnormal-refund`,
      content: {
        out_refund_no: 'refund-0001',
        type: 'MERCHANT_BANK_CARD',
        real_name: publicEncrypt(options, Buffer.from('张三')).toString('base64'),
      },
      isDone: () => simulator.refund('refund-0001')?.status === 'PROCESSING',
    })
  },
  v3_bill: async (simulator) => {
    const { target } = await billDay(simulator)
    return ready(simulator, { method: 'GET', target })
  },
  v3_bill_file: async (simulator) => {
    const { merchant, target: bill } = await billDay(simulator)
    const { download_url: address } = fieldsOf(await merchant.get(bill))
    const { pathname, search } = new URL(String(address))
    return ready(simulator, { method: 'GET', target: `${pathname}${search}` })
  },
  v3_certificates: async (simulator) => {
    simulator.keys.setMode('migration')
    return ready(simulator, { method: 'GET', target: '/v3/certificates' })
  },
}

export type V3CallName = keyof typeof V3_CALL_TARGETS
