import { byId, h } from './dom.js'
import { language } from './language.js'
import { say } from './overview/action.js'
import { callKey, callRow } from './overview/calls.js'
import { createClock } from './overview/clock.js'
import { createFaults } from './overview/faults.js'
import { notificationRow } from './overview/notifications.js'
import { orderRow } from './overview/orders.js'
import { createPlatformTools } from './overview/platform.js'
import { refundRow } from './overview/refunds.js'
import { listSection } from './overview/section.js'
import { follow, readFurther } from './overview/state.js'
import { texts } from './overview/texts.js'
import { createUsers } from './overview/users.js'

/** @typedef {import('./overview/state.js').State} State */

const more = () => {
  readFurther()
  refresh()
}
const drawClock = createClock()
const drawOrders = listSection('orders', {
  keyOf: ({ outTradeNo }) => outTradeNo,
  draw: orderRow,
  more,
})
const drawNotifications = listSection('notifications', {
  keyOf: ({ id }) => id,
  draw: notificationRow,
  more,
})
const drawRefunds = listSection('refunds', {
  keyOf: ({ outRefundNo }) => outRefundNo,
  draw: refundRow,
  more,
})
const drawCalls = listSection('calls', { keyOf: callKey, draw: callRow, more })
const drawUsers = createUsers()
createPlatformTools()

const names = /** @type {(keyof typeof texts.sections)[]} */ (Object.keys(texts.sections))
byId('sections').replaceChildren(
  ...names.map((name) => h('a', { href: `#${name}` }, texts.sections[name])),
)
const otherLanguage = byId('language')
otherLanguage.textContent = texts.otherLanguage
otherLanguage.setAttribute('href', `?lang=${language() === 'en' ? 'zh' : 'en'}`)
const drawFaults = await createFaults()

/** @param {State} state */
function draw(state) {
  const { orders, notifications, refunds, calls, counts } = state
  byId('account').textContent = `${state.merchant} · ${state.appid} · ${state.mchid}`
  drawClock(state)
  drawOrders(orders, counts.orders)
  drawNotifications(notifications, counts.notifications)
  drawRefunds(refunds, counts.refunds)
  drawCalls(calls, counts.calls)
  drawUsers(state.users)
  drawFaults(state.faults)
}

/** @param {boolean} isLive */
function live(isLive) {
  byId('live').textContent = isLive ? texts.live : texts.lost
  byId('live').classList.toggle('on', isLive)
}

const refresh = follow({ draw, live })
addEventListener('unhandledrejection', ({ reason }) => {
  say(String(reason))
})
