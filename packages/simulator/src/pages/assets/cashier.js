import { call } from './api.js'
import { byId, h } from './dom.js'
import { drawer } from './cashier/drawer.js'
import { pad } from './cashier/pad.js'
import { broken, closed, paid, paying } from './cashier/result.js'
import { sheet } from './cashier/sheet.js'
import { texts, WORDS_OF_WECHAT } from './cashier/texts.js'
import { keepFocusInside } from './focus.js'

/** @typedef {import('./cashier/sheet.js').Order} Order */
/** @typedef {import('./dom.js').Child} Child */
/** @typedef {import('./cashier/drawer.js').Outcome} Outcome */

/**
 * What a stage shows and what the keyboard does in it.
 * @typedef {object} Stage
 * @property {Child} view
 * @property {() => void} [enter]
 * @property {() => void} [escape]
 * @property {(key: string) => void} [onKey]
 */

const dialog = byId('cashier')
const outTradeNo = decodeURIComponent(location.pathname.split('/').pop() ?? '')
const orderPath = `/_sim/orders/${encodeURIComponent(outTradeNo)}`

/** @type {Stage} */
let stage = { view: null }

/** @param {Stage} next */
function show(next) {
  stage = next
  dialog.replaceChildren(h('div', { class: 'stage' }, next.view))
  dialog.focus({ preventScroll: true })
}

/**
 * Tells what wx.requestPayment would hand to its caller; `null` when the caller never hears.
 * @param {string | null} errMsg
 */
function report(errMsg) {
  window.parent.postMessage({ type: 'wechat-cashier', outTradeNo, errMsg }, '*')
  if (window.parent === window) show({ view: closed(errMsg) })
}

/**
 * @param {string} reason
 * @param {string} errMsg
 */
function stop(reason, errMsg) {
  const leave = () => {
    report(errMsg)
  }
  show({ view: broken(reason, { leave }), enter: leave, escape: leave })
}

/**
 * @param {Outcome} outcome
 * @returns {Promise<string | null>}
 */
async function settle(outcome) {
  const answer = await call('POST', `${orderPath}/pay`, { outcome })
  return /** @type {{ errMsg: string | null }} */ (answer).errMsg
}

/**
 * One choice at a time: the stage that could make a second one is gone at once.
 * @param {Order} order
 * @param {Outcome} outcome
 */
async function choose(order, outcome) {
  show({ view: paying() })
  try {
    const errMsg = await settle(outcome)
    if (errMsg === 'requestPayment:ok') showPaid(order)
    else if (errMsg !== null && outcome === 'pay') stop(wordsOf(errMsg), errMsg)
    else report(errMsg)
  } catch (error) {
    stop(`${texts.silent}（${String(error)}）`, 'requestPayment:fail 网络错误')
  }
}

/** @param {string} errMsg */
const wordsOf = (errMsg) => errMsg.replace('requestPayment:fail ', '')

/** @param {Order} order */
function showSheet(order) {
  const confirm = () => {
    showPad(order)
  }
  const cancel = () => void choose(order, 'cancel')
  const view = [sheet(order, { confirm, cancel }), drawerOf(order)]
  show({ view, enter: confirm, escape: cancel })
}

/** @param {Order} order */
function showPad(order) {
  const back = () => {
    showSheet(order)
  }
  const { nodes, onKey } = pad(order, { complete: () => void choose(order, 'pay'), back })
  show({ view: [nodes, drawerOf(order)], escape: back, onKey })
}

/** @param {Order} order */
function showPaid(order) {
  const finish = () => {
    report('requestPayment:ok')
  }
  const isPaid = { ...order, state: /** @type {const} */ ('SUCCESS') }
  show({ view: [paid(order, { finish }), drawerOf(isPaid)], enter: finish, escape: finish })
}

/** @param {Order} order */
const drawerOf = (order) =>
  drawer(order.state === 'NOTPAY' ? 'unpaid' : 'paid', (outcome) => void choose(order, outcome))

addEventListener('keydown', (event) => {
  if (event.key === 'Escape') stage.escape?.()
  else if (event.key === 'Enter' && event.target === dialog) stage.enter?.()
  else stage.onKey?.(event.key)
})
keepFocusInside(dialog)

/**
 * What is over already is not offered to be paid.
 * @param {Order} order
 */
function begin(order) {
  if (order.state === 'NOTPAY') showSheet(order)
  else stop(texts.over[order.state], `requestPayment:fail ${WORDS_OF_WECHAT[order.state]}`)
}

try {
  begin(/** @type {Order} */ (await call('GET', orderPath)))
} catch {
  stop(texts.missing, 'requestPayment:fail 订单不存在')
}
