import { byId, h } from '../dom.js'
import { button } from './action.js'
import { texts } from './texts.js'
import { ageTimes, dateTime, platformNow, setClock, waitOf } from './time.js'

/** @typedef {import('./state.js').State} State */

const TICK_MS = 250
const STEPS = /** @type {const} */ ({ minute: 60, hour: 3600, day: 86_400 })

/** The platform's clock, which runs with the real one between two steps. */
export function createClock() {
  const now = h('strong', { id: 'now' })
  const next = h('span', { id: 'next-event', class: 'faint' })
  byId('clock').replaceChildren(
    h('p', {}, now, ' ', h('span', { class: 'faint' }, texts.beijing), next),
    h('div', { class: 'tools' }, stepButtons()),
  )
  /** @type {Planned | null} */
  let planned = null
  function tick() {
    const at = platformNow()
    now.textContent = dateTime(new Date(at))
    next.textContent =
      planned === null ? texts.quiet : texts.next(planned.what, waitOf(planned.at - at))
    ageTimes()
  }
  setInterval(tick, TICK_MS)
  return (/** @type {State} */ state) => {
    setClock(state.now)
    planned = plannedBy(state)
    tick()
  }
}

function stepButtons() {
  const names = /** @type {(keyof typeof STEPS)[]} */ (Object.keys(STEPS))
  return [
    button({
      id: 'step-next',
      text: texts.toNext,
      kind: 'strong',
      does: 'stepClock',
      body: () => ({ to: 'next_event' }),
    }),
    ...names.map((name) =>
      button({
        id: `step-${name}`,
        text: texts.steps[name],
        does: 'stepClock',
        body: () => ({ advanceSeconds: STEPS[name] }),
      }),
    ),
  ]
}

/** @typedef {{ at: number, what: string }} Planned */

/**
 * @param {State} state
 * @returns {Planned | null}
 */
function plannedBy({ nextEventAt, notifications, refunds }) {
  if (nextEventAt === null) return null
  const notification = notifications.find(({ nextAt }) => nextAt === nextEventAt)
  const refund = refunds.find(({ settlesAt }) => settlesAt === nextEventAt)
  const what = notification
    ? texts.nextNotification(notification.outRefundNo ?? notification.outTradeNo)
    : refund
      ? texts.nextSettlement(refund.outRefundNo)
      : texts.something
  return { at: new Date(nextEventAt).getTime(), what }
}
