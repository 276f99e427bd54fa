/**
 * Everything that the control API can do; the page does all it does by one of these, and a test of the
 * simulator compares them with its routes.
 */
export const ACTIONS = /** @type {const} */ ({
  readState: ['GET', '/_sim/state'],
  readEvents: ['GET', '/_sim/events'],
  readLog: ['GET', '/_sim/log'],
  readFaults: ['GET', '/_sim/faults'],
  readKeys: ['GET', '/_sim/keys'],
  readOrder: ['GET', '/_sim/orders/:outTradeNo'],
  readBill: ['GET', '/_sim/bills'],
  giveCode: ['POST', '/_sim/codes'],
  requestPayment: ['POST', '/_sim/request-payment'],
  pay: ['POST', '/_sim/orders/:outTradeNo/pay'],
  settleRefund: ['POST', '/_sim/refunds/:outRefundNo/settle'],
  retryNotification: ['POST', '/_sim/notifications/:id/retry'],
  acceptMessage: ['POST', '/_sim/message-acceptances'],
  manageTrade: ['POST', '/_sim/trade-management'],
  stepClock: ['POST', '/_sim/clock'],
  addFault: ['POST', '/_sim/faults'],
  removeFault: ['DELETE', '/_sim/faults/:id'],
  clearFaults: ['DELETE', '/_sim/faults'],
  setKeyMode: ['POST', '/_sim/keys/mode'],
  rotateKey: ['POST', '/_sim/keys/rotate'],
  revokeKey: ['POST', '/_sim/keys/:id/revoke'],
  save: ['POST', '/_sim/save'],
  reset: ['POST', '/_sim/reset'],
})

/** @typedef {keyof typeof ACTIONS} Action */

/** @typedef {{ params?: Readonly<Record<string, string>>, query?: Readonly<Record<string, string>> }} Place */

/** @param {Action} action */
export const nameOf = (action) => ACTIONS[action].join(' ')

/**
 * Where an action is asked for.
 * @param {Action} action
 * @param {Place} [place]
 */
export function addressOf(action, { params = {}, query = {} } = {}) {
  const path = ACTIONS[action][1].replaceAll(/:(\w+)/g, (_, /** @type {string} */ name) =>
    encodeURIComponent(params[name] ?? ''),
  )
  const search = new URLSearchParams(query).toString()
  return search === '' ? path : `${path}?${search}`
}
