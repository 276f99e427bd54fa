import { call } from '../api.js'
import { byId, h } from '../dom.js'
import { button } from './action.js'
import { chip, fill, foldable, heading, plain } from './list.js'
import { texts } from './texts.js'
import { dayOf } from './time.js'

/** @typedef {import('../api.js').Json<import('../../../control/wire.ts').KeysView>} Keys */
/** @typedef {Keys['keys'][number]} Key */

const MODES = /** @type {const} */ (['public_key', 'certificate', 'migration'])

/** What API v3 signs with: read anew with each state, since a test can turn the keys, too. */
export function createKeys() {
  const merchant = h('p', { class: 'faint' })
  const mode = h(
    'select',
    { id: 'key-mode' },
    MODES.map((name) => h('option', {}, name)),
  )
  const overlap = h('input', { id: 'overlap', type: 'number', min: 0, max: 100, value: 0 })
  const list = h('ul', { class: 'rows small' })
  mode.addEventListener('change', () => void call('POST', '/_sim/keys/mode', { mode: mode.value }))
  byId('keys').replaceChildren(
    heading('keys'),
    merchant,
    h(
      'div',
      { class: 'form' },
      h('label', {}, texts.keyMode, mode),
      h('label', {}, texts.overlap, overlap),
    ),
    h(
      'div',
      { class: 'tools' },
      rotateButtons(() => Number(overlap.value)),
    ),
    list,
  )
  return async () => {
    const keys = /** @type {Keys} */ (await call('GET', '/_sim/keys'))
    merchant.textContent = `${texts.merchantSerial} ${keys.merchant.serial}`
    if (document.activeElement !== mode) mode.value = keys.mode
    fill(list, keys.keys, { keyOf: ({ id }) => id, draw: keyRow })
  }
}

/** @param {() => number} overlapPercent */
function rotateButtons(overlapPercent) {
  return /** @type {const} */ (['public_key', 'certificate']).map((kind) =>
    button({
      id: `rotate-${kind}`,
      text: texts.rotate[kind],
      work: () => call('POST', '/_sim/keys/rotate', { kind, overlapPercent: overlapPercent() }),
    }),
  )
}

/** @param {Key} key */
function keyRow({ id, kind, isNewest, validTo, publicPem }) {
  return h(
    'li',
    {},
    h(
      'div',
      { class: 'line' },
      h('span', { class: 'kind' }, kind),
      isNewest && chip('good', texts.signs),
      h(
        'span',
        { class: 'grow faint' },
        validTo === null ? '' : `${texts.until} ${dayOf(new Date(validTo))}`,
      ),
      button({
        id: `revoke-${id}`,
        text: texts.revoke,
        kind: 'danger',
        work: () => call('POST', `/_sim/keys/${encodeURIComponent(id)}/revoke`),
      }),
    ),
    h('code', { class: 'faint' }, id),
    foldable(`key-${id}`, 'PEM', plain(publicPem)),
  )
}
