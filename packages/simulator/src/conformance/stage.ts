import type { Order } from '../order.ts'
import type { Simulator } from '../simulator.ts'
import type { MerchantCalls } from './merchant.ts'
import type { PaymentParameters } from './reading.ts'
import type { Values } from './template.ts'

/** The server that is tested, the platform beside it, and what has been seen of both. */
export interface Stage {
  readonly simulator: Simulator
  readonly calls: MerchantCalls
  readonly amountFen: number
  /** Where notifications go, when it is not the address that the order names. */
  readonly notifyUrl: string | null
  /** How long a server may take to find something out by itself. */
  readonly patienceMs: number
  readonly seen: { slowestMs: number; deliveries: number; billDays: number }
}

/** One order of the tested server, as both sides know it. */
export interface StagedOrder {
  readonly openid: string
  readonly values: Values
  readonly payment: PaymentParameters
  /** As it stands at the simulator. */
  readonly order: Order
}
