import { byId, h } from './dom.js'
import { language } from './language.js'
import { say } from './overview/action.js'
import { createBills } from './overview/bills.js'
import { callKey, callRow } from './overview/calls.js'
import { createClock } from './overview/clock.js'
import { createFaults } from './overview/faults.js'
import { createKeys } from './overview/keys.js'
import { createMessages } from './overview/messages.js'
import { notificationRow } from './overview/notifications.js'
import { orderRow } from './overview/orders.js'
import { createPlatformTools } from './overview/platform.js'
import { refundRow } from './overview/refunds.js'
import { createSearch } from './overview/search.js'
import { listSection } from './overview/section.js'
import { createShipments } from './overview/shipments.js'
import { follow, readFurther } from './overview/state.js'
import { textCheckKey, textCheckRow } from './overview/text-checks.js'
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
const drawMessages = createMessages(more)
const drawTextChecks = listSection('textChecks', { keyOf: textCheckKey, draw: textCheckRow, more })
const drawShipments = createShipments(more)
const drawUsers = createUsers()
const drawBills = createBills()
const drawKeys = createKeys()
const drawPlatform = createPlatformTools()

const names = /** @type {(keyof typeof texts.sections)[]} */ (Object.keys(texts.sections))
byId('sections').prepend(...names.map((name) => h('a', { href: `#${name}` }, texts.sections[name])))
const otherLanguage = byId('language')
otherLanguage.textContent = texts.otherLanguage
otherLanguage.setAttribute('href', `?lang=${language() === 'en' ? 'zh' : 'en'}`)
const drawFaults = await createFaults()

/** Whether the call that the address named at first is shown; there may be none. */
let isArrived = !/^#call-\d+$/.test(location.hash)

/** @param {State} state */
function goToNamedCall({ calls, counts }) {
  isArrived = document.getElementById(location.hash.slice(1)) !== null
  // What was drawn after the page came is no target yet.
  if (isArrived) location.replace(location.hash)
  else if (calls.length < counts.calls) {
    readFurther(counts.calls)
    refresh()
  } else isArrived = true
}

/** @param {State} state */
function draw(state) {
  const { orders, notifications, refunds, calls, textChecks, counts, found } = state
  byId('account').textContent = `${state.merchant} · ${state.appid} · ${state.mchid}`
  drawClock(state)
  drawOrders(orders, { found: found.orders, count: counts.orders })
  drawNotifications(notifications, { found: found.notifications, count: counts.notifications })
  drawRefunds(refunds, { found: found.refunds, count: counts.refunds })
  drawCalls(calls, { found: found.calls, count: counts.calls })
  drawMessages(state)
  drawTextChecks(textChecks, { found: found.textChecks, count: counts.textChecks })
  drawShipments(state)
  drawUsers(state.users)
  drawPlatform(state)
  drawBills(state)
  void drawKeys()
  drawFaults(state.faults)
  if (!isArrived) goToNamedCall(state)
}

/** @param {boolean} isLive */
function live(isLive) {
  byId('live').textContent = isLive ? texts.live : texts.lost
  byId('live').classList.toggle('on', isLive)
}

const refresh = follow({ draw, live })
createSearch(refresh)
addEventListener('unhandledrejection', ({ reason }) => {
  say(String(reason))
})
