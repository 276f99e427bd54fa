import { wordsOf } from '../api.js'
import { byId, h } from '../dom.js'
import { button } from './action.js'
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
  const point = () => {
    const query = new URLSearchParams({ day: day.value, kind: kind.value })
    download.setAttribute('href', `/_sim/bills?${query.toString()}`)
  }
  download.textContent = texts.downloadBill
  for (const field of [day, kind]) field.addEventListener('change', point)
  byId('bills').replaceChildren(
    heading('bills'),
    h(
      'div',
      { class: 'form' },
      h('label', {}, texts.day, day),
      h('label', {}, texts.kind, kind),
      button({ id: 'show-bill', text: texts.showBill, work: () => show(download.href, shown) }),
      download,
    ),
    shown,
  )
  return (/** @type {{ now: string, billKinds: readonly string[] }} */ state) => {
    if (day.value !== '') return
    day.value = dayOf(new Date(new Date(state.now).getTime() - DAY_MS))
    kind.replaceChildren(...state.billKinds.map((name) => h('option', {}, name)))
    point()
  }
}

/**
 * @param {string} address
 * @param {HTMLElement} shown
 */
async function show(address, shown) {
  const response = await fetch(address)
  const text = await response.text()
  if (!response.ok) throw new Error(wordsOf(JSON.parse(text)) ?? text)
  shown.textContent = text.replace('\ufeff', '')
  shown.hidden = false
}
