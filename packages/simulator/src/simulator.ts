import { settleAtCashier, type Outcome } from './cashier/pay.ts'
import {
  requestPayment,
  type PaymentRequest,
  type PaymentRequestResult,
} from './cashier/request-payment.ts'
import { throwAwayCertificates } from './certificates/keep.ts'
import type { Certificates } from './certificates/make.ts'
import { announcingClock, announcingFaults, createChanges } from './changes.ts'
import { createClock, type Clock } from './clock.ts'
import { createFaults, type Faults } from './faults.ts'
import { issueCode } from './mini-program/code2session.ts'
import { type Order, type Refund, type RefundOutcome } from './order.ts'
import { createPlatform, type Account, type Platform } from './platform.ts'
import { createRandom } from './random.ts'
import { settleRefund } from './refunds/settle.ts'
import { createPlainServer, createTlsServer } from './server.ts'
import { loadState, saveState } from './state-file.ts'

export { makeCertificates, type Certificates } from './certificates/make.ts'
export type { Account, Notification } from './platform.ts'
export type { Order, Refund, RefundOutcome } from './order.ts'
export type { Outcome } from './cashier/pay.ts'
export { isFaultRule, type FaultRule } from './faults.ts'
export type { PaymentRequest } from './cashier/request-payment.ts'

export interface SimulatorOptions {
  readonly account: Account
  /** `0`, the default, takes any free port. */
  readonly port?: number
  /** The same for the port where client certificates count. */
  readonly tlsPort?: number
  readonly host?: string
  readonly startAt?: Date
  /** Read at the start and written at the end, so that a restart knows the orders of before. */
  readonly stateFile?: string | null
  /** Numbers, nonces and tokens come in the same sequence for the same seed. */
  readonly seed?: string | null
  /** Without them, some that last as long as the process. */
  readonly certificates?: Certificates
}

/** The platform, running, with the things a test does to it. */
export interface Simulator {
  readonly url: string
  /** WeChat over TLS; a refund is taken here only, from who shows the certificate of the merchant. */
  readonly tlsUrl: string
  /** What WeChat gives a merchant, as PEM text. */
  readonly certificates: Pick<Certificates, 'caCert' | 'merchantCert' | 'merchantKey'>
  readonly account: Account
  readonly clock: Clock
  readonly faults: Faults
  readonly platform: Platform
  /** What `wx.login` does on the phone of this user. */
  login(user: string): { code: string; openid: string }
  /** What `wx.requestPayment` checks before the cashier opens. */
  requestPayment(request: PaymentRequest): PaymentRequestResult
  /** What a person does at the cashier. */
  pay(outTradeNo: string, outcome?: Outcome): { errMsg: string | null }
  order(outTradeNo: string): Order | undefined
  refund(outRefundNo: string): Refund | undefined
  /** What the bank does to a refund before it settles by itself. */
  settleRefund(outRefundNo: string, outcome: RefundOutcome): void
  close(): Promise<void>
}

/** Starts the WeChat platform on 127.0.0.1; every signature it makes and checks is real. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { account, port = 0, tlsPort = 0, host = '127.0.0.1', stateFile = null } = options
  const platform = platformFor(options)
  const { clock } = platform
  const certificates = options.certificates ?? (await throwAwayCertificates(account.mchid))
  if (stateFile !== null) await loadState(platform, stateFile)
  const plain = await createPlainServer(platform)
  const tls = await createTlsServer(platform, certificates)
  const close = async () => {
    clock.stop()
    await Promise.all([plain.close(), tls.close()])
  }
  const [url, tlsUrl] = await Promise.all([
    plain.listen({ port, host }),
    tls.listen({ port: tlsPort, host }),
  ]).catch(async (error: unknown) => {
    await close()
    throw error
  })

  return {
    url,
    tlsUrl,
    account,
    clock,
    faults: platform.faults,
    platform,
    ...deeds(platform),
    certificates: pickForMerchant(certificates),
    async close() {
      await close()
      if (stateFile !== null) await saveState(platform, stateFile)
    },
  }
}

function platformFor({ account, startAt, seed = null }: SimulatorOptions): Platform {
  const changes = createChanges()
  return createPlatform({
    account,
    changes,
    clock: announcingClock(createClock(startAt), changes),
    faults: announcingFaults(createFaults(), changes),
    random: createRandom(seed),
  })
}

type Deeds = Pick<
  Simulator,
  'login' | 'requestPayment' | 'pay' | 'order' | 'refund' | 'settleRefund'
>

function deeds(platform: Platform): Deeds {
  return {
    login: (user) => issueCode(platform, user),
    requestPayment: (request) => requestPayment(platform, request),
    pay(outTradeNo, outcome = 'pay') {
      const order = platform.orders.get(outTradeNo)
      if (order === undefined) throw new Error(`nobody placed ${outTradeNo}`)
      return settleAtCashier(platform, order, outcome)
    },
    order: (outTradeNo) => platform.orders.get(outTradeNo),
    refund: (outRefundNo) => platform.refunds.get(outRefundNo),
    settleRefund(outRefundNo, outcome) {
      const refund = platform.refunds.get(outRefundNo)
      if (refund === undefined) throw new Error(`nobody asked for ${outRefundNo}`)
      const { isSettled } = settleRefund(platform, refund, outcome)
      if (!isSettled) throw new Error(`${outRefundNo} is ${refund.status}`)
    },
  }
}

// A merchant is not given the keys of WeChat.
function pickForMerchant({ caCert, merchantCert, merchantKey }: Certificates) {
  return { caCert, merchantCert, merchantKey }
}
