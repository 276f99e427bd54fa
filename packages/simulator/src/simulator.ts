import { readCertificate } from '@dashang/shared/signing/v3/keys'
import type { Outcome } from './cashier/outcomes.ts'
import { settleAtCashier } from './cashier/pay.ts'
import {
  requestPayment,
  type PaymentRequest,
  type PaymentRequestResult,
} from './cashier/request-payment.ts'
import { throwAwayCertificates } from './certificates/keep.ts'
import type { Certificates } from './certificates/make.ts'
import { watched } from './changes.ts'
import { createClock, type Clock, type ClockMode } from './clock.ts'
import { createFaults, type Faults } from './faults.ts'
import { keptState, restoreState, resumedAt } from './kept-state.ts'
import { createLog, loggedClock, loggedFaults } from './log.ts'
import { issueCode } from './mini-program/code2session.ts'
import { type Order, type Refund, type RefundOutcome } from './order.ts'
import { credentialsOf, type V3Credentials } from './pay-v3/credentials.ts'
import { createKeyRing, type KeyRing } from './pay-v3/key-ring.ts'
import type { KeyMode } from './pay-v3/key-settings.ts'
import { createPlatform, type Account, type Platform } from './platform.ts'
import { createRandom } from './random.ts'
import { settleRefund } from './refunds/settle.ts'
import { createPlainServer, createTlsServer } from './server.ts'
import { readState, writeState } from './state-file.ts'

export { makeCertificates, type Certificates } from './certificates/make.ts'
export type { Account, Notification } from './platform.ts'
export type { Order, Refund, RefundOutcome } from './order.ts'
export type { Outcome } from './cashier/outcomes.ts'
export { isFaultRule, type FaultRule } from './fault-rule.ts'
export type { PaymentRequest } from './cashier/request-payment.ts'

export interface SimulatorOptions {
  readonly account: Account
  /** `0`, the default, takes any free port. */
  readonly port?: number
  /** The same for the port where client certificates count. */
  readonly tlsPort?: number
  readonly host?: string
  /** Where the clock starts; without it where `stateFile` left it, else at the real time. */
  readonly startAt?: Date
  /** Read at the start and written at the end, so that a restart goes on from before. */
  readonly stateFile?: string | null
  /** Numbers, nonces, tokens, keys and certificates are the same for the same seed. */
  readonly seed?: string | null
  /** `runs` with the real one, or `stands` but for steps; with a seed it stands unless told so. */
  readonly clock?: ClockMode
  /** Without them, some that last as long as the process. */
  readonly certificates?: Certificates
  /** Which keys of WeChat's the merchant has; without it as in `stateFile`, else the public key alone. */
  readonly keyMode?: KeyMode
  /**
   * The clock that signatures of API v3 go by; `clock` without it. Who steps the clock beside a
   * server that goes by the real one gives the real one.
   */
  readonly stampNow?: () => Date
  /** What the merchant's console has for refunds whose request names no address. */
  readonly refundNotifyUrl?: string | null
}

/** The platform, running, with the things a test does to it. */
export interface Simulator {
  readonly url: string
  /** WeChat over TLS; a refund is taken here only, from who shows the certificate of the merchant. */
  readonly tlsUrl: string
  /** What WeChat gives a merchant, as PEM text. */
  readonly certificates: Pick<Certificates, 'caCert' | 'merchantCert' | 'merchantKey'>
  readonly account: Account
  v3(): V3Credentials
  /** To rotate and revoke the keys of WeChat's while it runs. */
  readonly keys: KeyRing
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
  const kept = stateFile === null ? null : await readState(stateFile)
  const { seed = null, clock = seed === null ? 'runs' : 'stands' } = options
  const startAt = options.startAt ?? (kept === null ? new Date() : resumedAt(kept.clock, clock))
  const seeded = seed === null ? null : { seed, startAt }
  const certificates = options.certificates ?? (await throwAwayCertificates(account.mchid, seeded))
  const platform = platformFor({ ...options, seed, clock, startAt }, certificates)
  if (kept !== null) restoreState(platform, kept)
  if (options.keyMode !== undefined) platform.keys.setMode(options.keyMode)
  const tls = await createTlsServer(platform, certificates)
  const plain = await createPlainServer(platform, { tls, stateFile })
  const close = async () => {
    platform.clock.clear()
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
    clock: platform.clock,
    faults: platform.faults,
    keys: platform.keys,
    platform,
    v3: () => credentialsOf(platform),
    ...deeds(platform),
    certificates: pickForMerchant(certificates),
    async close() {
      await close()
      if (stateFile !== null) await writeState(stateFile, keptState(platform))
    },
  }
}

type Chosen = SimulatorOptions & Required<Pick<SimulatorOptions, 'seed' | 'clock' | 'startAt'>>

function platformFor(options: Chosen, certificates: Certificates): Platform {
  const { account, startAt, seed, clock, keyMode: mode = 'public_key' } = options
  const log = createLog()
  const logged = loggedClock({ clock: createClock(startAt, clock), log })
  const faults = loggedFaults(createFaults(), { clock: logged, log })
  const parts = watched({ clock: logged, faults })
  const random = createRandom(seed)
  const making = { random, now: seed === null ? () => new Date() : parts.clock.now }
  return createPlatform({
    account,
    ...parts,
    log,
    random,
    keys: createKeyRing({ certificates, mchid: account.mchid, mode, making }),
    merchantCertificate: readCertificate(certificates.merchantCert),
    stampNow: options.stampNow ?? (() => parts.clock.now()),
    refundNotifyUrl: options.refundNotifyUrl ?? null,
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
