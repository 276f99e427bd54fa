import { h } from '../dom.js'
import { button, copyable } from './action.js'
import { chip, factList, foldable } from './list.js'
import { listSection } from './section.js'
import { texts } from './texts.js'
import { timeTag } from './time.js'

/** @typedef {import('./state.js').State} State */
/** @typedef {State['shipments'][number]} Shipment */

/**
 * What the merchant reported as shipped, and whether it has to.
 * @param {() => void} more
 */
export function createShipments(more) {
  const standing = h('span', { class: 'grow' })
  const toggle = h('span')
  const draw = listSection('shipments', {
    keyOf: (/** @type {Shipment} */ { transactionId }) => transactionId,
    draw: shipmentRow,
    more,
    tools: h('div', { class: 'line standing' }, standing, toggle),
  })
  /** @type {boolean | null} */
  let shown = null
  return (/** @type {State} */ { shipments, found, counts, isTradeManaged }) => {
    if (shown !== isTradeManaged) {
      shown = isTradeManaged
      standing.textContent = texts.managed[isTradeManaged ? 'on' : 'off']
      toggle.replaceChildren(managementButton(!isTradeManaged))
    }
    draw(shipments, { found: found.shipments, count: counts.shipments })
  }
}

/** @param {boolean} isTradeManaged what it will be */
const managementButton = (isTradeManaged) =>
  button({
    id: 'trade-management',
    text: texts.manage[isTradeManaged ? 'on' : 'off'],
    does: 'manageTrade',
    body: () => ({ isTradeManaged }),
  })

/** @param {Shipment} shipment */
function shipmentRow(shipment) {
  const { outTradeNo, transactionId, openid, user, description, logisticsType } = shipment
  const standing = shipment.isComplete ? ['good', texts.shipped] : ['open', texts.partly]
  return h(
    'li',
    {},
    h(
      'div',
      { class: 'line' },
      copyable(outTradeNo, 'name'),
      h('span', { class: 'grow faint' }, description),
      h('span', { class: 'kind' }, texts.logistics[logisticsType] ?? String(logisticsType)),
      shipment.isCorrected && chip('open', texts.corrected),
      chip(standing[0] ?? '', standing[1]),
      timeTag(shipment.reportedAt),
    ),
    foldable(
      `shipment-${transactionId}`,
      texts.details,
      factList({
        transaction_id: copyable(transactionId),
        openid: copyable(openid),
        [texts.userName]: user,
        tracking_no: shipment.trackingNo,
        [texts.reports]: String(shipment.reports),
      }),
    ),
  )
}
