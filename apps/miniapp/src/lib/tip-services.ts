import { newOrderId } from '../flow/order-id'
import type { TipServices } from '../flow/services'
import { call } from './api'
import { openCashier } from './cashier'
import { clearStored, readStored, writeStored } from './storage'

/** The real world for the flow. */
export const tipServices: TipServices = {
  prepay: async (tip) => (await call('POST /api/prepay', { body: tip })).payment,
  openCashier,
  confirm: async (orderId) => {
    const input = { params: { orderId } }
    return (await call('POST /api/orders/:orderId/confirm', input)).payment
  },
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  now: () => Date.now(),
  newOrderId,
  pending: {
    read: () => readStored('pending-tip'),
    write: (tip) => {
      writeStored('pending-tip', tip)
    },
    clear: () => {
      clearStored('pending-tip')
    },
  },
}
