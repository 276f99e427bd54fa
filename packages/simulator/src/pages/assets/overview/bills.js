import { byId, h } from '../dom.js'
import { form } from './action.js'
import { addressOf } from './actions.js'
import { heading } from './list.js'
import { texts } from './texts.js'
import { dayOf } from './time.js'

const DAY_MS = 24 * 60 * 60 * 1000

/** The bill of a day, as it truly is: to look at, or to keep as a file. */
export function createBills() {
  const day = h('input', { id: 'bill-day', type: 'date', required: true })
  const kind = h('select', { id: 'bill-kind' })
  const shown = h('pre', { id: 'bill-text', tabindex: '0', hidden: true })
  const download = h('a', { id: 'download-bill', class: 'button', download: true })
  const query = () => ({ day: day.value, kind: kind.value })
  const point = () => {
    download.setAttribute('href', addressOf('readBill', { query: query() }))
  }
  download.textContent = texts.downloadBill
  for (const field of [day, kind]) field.addEventListener('change', point)
  const show = form(
    {
      id: 'show-bill',
      text: texts.showBill,
      does: 'readBill',
      query,
      then: (text) => {
        shown.textContent = String(text).replace('\ufeff', '')
        shown.hidden = false
      },
    },
    h('label', {}, texts.day, day),
    h('label', {}, texts.kind, kind),
  )
  show.append(download)
  byId('bills').replaceChildren(heading('bills'), show, shown)
  return (/** @type {{ now: string, billKinds: readonly string[] }} */ state) => {
    if (day.value !== '') return
    day.value = dayOf(new Date(new Date(state.now).getTime() - DAY_MS))
    kind.replaceChildren(...state.billKinds.map((name) => h('option', {}, name)))
    point()
  }
}
