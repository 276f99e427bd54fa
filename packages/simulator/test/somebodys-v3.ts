import { createHash } from 'node:crypto'
import { unseal } from '@dashang/shared/signing/v3/resource'
import { PROBE_PREFIX, SIGNATURE_HEADERS, verify } from '@dashang/shared/signing/v3/verify'
import type { Simulator } from '../src/simulator.ts'
import { ACCOUNT } from './account.ts'
import { Shrug, type Dialect, type OrderToPlace, type Received } from './somebodys-dialect.ts'
import type { Flaw } from './somebodys-flaws.ts'
import { createKeyBook, type KeyBook } from './somebodys-v3-keys.ts'
import { createV3Merchant, fieldsOf, REFUNDS } from './v3-merchant.ts'

/** JSON with an RSA signature in the headers, right but for the flaws. */
export function speakV3(simulator: Simulator, flaws: readonly Flaw[]): Dialect {
  const has = (flaw: Flaw) => flaws.includes(flaw)
  const merchant = createV3Merchant(simulator)
  const open = createReader(createKeyBook(simulator, flaws), has)

  async function place({ outTradeNo, amount, openid, notifyUrl }: OrderToPlace) {
    const reply = await merchant.place({
      out_trade_no: outTradeNo,
      notify_url: notifyUrl,
      amount: { total: Number(amount), currency: 'CNY' },
      payer: { openid },
    })
    const { prepay_id: prepayId = '' } = fieldsOf(reply) as { prepay_id?: string }
    const parameters = merchant.payParameters(prepayId)
    // The signature of another package is what a forgotten line comes to.
    const wrong = merchant.payParameters('another').paySign
    return has('signs wrongly for the cashier') ? { ...parameters, paySign: wrong } : parameters
  }

  return {
    place,
    async isPaid(outTradeNo) {
      const reply = await merchant.get(`${ORDERS}/${outTradeNo}?mchid=${ACCOUNT.mchid}`)
      return fieldsOf(reply)['trade_state'] === 'SUCCESS'
    },
    async close(outTradeNo) {
      await merchant.post(`${ORDERS}/${outTradeNo}/close`, { mchid: ACCOUNT.mchid })
    },
    async readPayment(received) {
      const told = (await open(received)) as Transaction
      return {
        outTradeNo: told.out_trade_no,
        transactionId: told.transaction_id,
        appid: told.appid,
        mchid: told.mchid,
        openid: told.payer.openid,
        currency: told.amount.currency,
        amount: String(told.amount.total),
        isPaid: told.trade_state === 'SUCCESS',
        paidOn: told.success_time.slice(0, 10),
      }
    },
    async refund({ outTradeNo, outRefundNo, amount, total, notifyUrl }) {
      const { status } = await merchant.post(REFUNDS, {
        out_trade_no: outTradeNo,
        out_refund_no: outRefundNo,
        ...(notifyUrl !== null && { notify_url: notifyUrl }),
        amount: { refund: Number(amount), total: Number(total), currency: 'CNY' },
      })
      if (status !== 200) throw new Error('WeChat refuses')
    },
    async isRefunded(outRefundNo) {
      return fieldsOf(await merchant.get(`${REFUNDS}/${outRefundNo}`))['status'] === 'SUCCESS'
    },
    async readRefund(received) {
      const told = (await open(received)) as Refund
      return {
        outRefundNo: told.out_refund_no,
        mchid: told.mchid,
        amount: String(told.amount.refund),
        isRefunded: told.refund_status === 'SUCCESS',
      }
    },
    async bill(day) {
      const { status, body } = await merchant.get(`/v3/bill/tradebill?bill_date=${day}`)
      const answer = JSON.parse(body) as { code?: string; hash_value: string; download_url: string }
      if (answer.code === 'NO_STATEMENT_EXIST') return null
      if (status !== 200 && has('takes a bill that is late for an empty one')) return null
      const { pathname, search } = new URL(answer.download_url)
      const target = `${pathname}${search}`
      const { method, headers } = merchant.requestOf('GET', target)
      const response = await fetch(`${simulator.url}${target}`, { method, headers })
      const file = Buffer.from(await response.arrayBuffer())
      const hash = createHash('sha1').update(file).digest('hex')
      const isCareless = has('compares no hash') || has('believes every bill')
      if (hash !== answer.hash_value && !isCareless) throw new Error('another file')
      return file.toString()
    },
    success: { status: has('acknowledges in words of its own') ? 202 : 204, body: '' },
    failure: { status: 400, body: JSON.stringify({ code: 'FAIL', message: 'no' }) },
  }
}

const ORDERS = '/v3/pay/transactions/out-trade-no'

interface Transaction {
  readonly out_trade_no: string
  readonly transaction_id: string
  readonly appid: string
  readonly mchid: string
  readonly trade_state: string
  readonly success_time: string
  readonly payer: { readonly openid: string }
  readonly amount: { readonly total: number; readonly currency: string }
}

interface Refund {
  readonly out_refund_no: string
  readonly mchid: string
  readonly refund_status: string
  readonly amount: { readonly refund: number }
}

/** What is inside of a notification, if it is believed. */
function createReader(keys: KeyBook, has: (flaw: Flaw) => boolean) {
  function clockFor(timestampMs: number): Date {
    const now = Date.now()
    const isLenient = has('looks at the past only') && timestampMs > now
    return new Date(has('looks at no clock') || isLenient ? timestampMs : now)
  }

  async function isAuthentic({ headers, body }: Received): Promise<boolean> {
    const [timestamp, , signature, id] = Object.values(SIGNATURE_HEADERS).map((name) =>
      String(headers[name] ?? ''),
    )
    if (has('checks no signature')) return true
    if (has('checks a signature if there is one') && !signature) return true
    if (has('is kind to probes') && signature?.startsWith(PROBE_PREFIX)) return true
    const signedBody = has('verifies what it has written anew') ? rewritten(body) : body
    const now = clockFor(Number(timestamp) * 1000)
    const known = await keys.find(id ?? '')
    if (known.length === 0 && has('believes whom it cannot look up')) return true
    return known.some(
      (key) => verify({ headers, body: signedBody }, () => key, now).kind === 'genuine',
    )
  }

  return async (received: Received): Promise<unknown> => {
    if (!(await isAuthentic(received))) throw new Error('not authentic')
    return openSeal(received.body, has)
  }
}

const rewritten = (body: string) => {
  try {
    return JSON.stringify(JSON.parse(body))
  } catch {
    return body
  }
}

function openSeal(body: string, has: (flaw: Flaw) => boolean): unknown {
  const { resource } = JSON.parse(body) as {
    resource: { ciphertext: string; nonce: string; associated_data: string }
  }
  const { ciphertext, nonce, associated_data: associatedData } = resource
  try {
    const sealed = { ciphertext, nonce, associatedData }
    return JSON.parse(unseal(sealed, Buffer.from(ACCOUNT.v3Key)).toString())
  } catch (error) {
    throw has('acknowledges what it cannot open') ? new Shrug() : error
  }
}
