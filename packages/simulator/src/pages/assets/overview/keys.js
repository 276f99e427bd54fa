import { byId, h } from '../dom.js'
import { button, copyable, form, perform } from './action.js'
import { chip, fill, foldable, heading, plain } from './list.js'
import { texts } from './texts.js'
import { dayOf } from './time.js'

/** @typedef {import('../api.js').Json<import('../../../control/wire.ts').KeysView>} Keys */
/** @typedef {Keys['keys'][number]} Key */

const MODES = /** @type {const} */ (['public_key', 'certificate', 'migration'])
const KINDS = /** @type {const} */ (['public_key', 'certificate'])

/** @param {string} id */
const percentField = (id) => h('input', { id, type: 'number', min: 0, max: 100, required: true })

/** What API v3 signs with: read anew with each state, since a test can turn the keys, too. */
export function createKeys() {
  const merchant = h('p', { class: 'faint serial' })
  const { mode, share, fields } = modeFields()
  const overlap = percentField('overlap')
  const list = h('ul', { class: 'rows small' })
  byId('keys').replaceChildren(
    heading('keys'),
    merchant,
    fields,
    h('div', { class: 'form' }, h('label', {}, texts.overlap, overlap)),
    h('div', { class: 'tools' }, rotateButtons(overlap)),
    list,
  )
  /** Until somebody looks at a field, it shows what holds. */
  const shows = (
    /** @type {HTMLInputElement | HTMLSelectElement} */ field,
    /** @type {string} */ value,
  ) => {
    if (document.activeElement !== field) field.value = value
  }
  let drawn = ''
  let asked = 0
  return async () => {
    const question = ++asked
    const keys = /** @type {Keys} */ (await perform('readKeys'))
    // An answer that was overtaken by a newer one tells what was.
    if (question !== asked) return
    const source = JSON.stringify(keys)
    if (source === drawn) return
    drawn = source
    merchant.replaceChildren(texts.merchantSerial, copyable(keys.merchant.serial))
    shows(mode, keys.mode)
    shows(share, String(keys.publicKeyPercent))
    shows(overlap, String(keys.overlapPercent))
    mode.dispatchEvent(new Event('change'))
    fill(list, keys.keys, { keyOf: ({ id }) => id, draw: keyRow })
  }
}

/** Which keys the merchant has; how they share the work matters in one mode alone. */
function modeFields() {
  const mode = h(
    'select',
    { id: 'key-mode' },
    MODES.map((name) => h('option', {}, name)),
  )
  const share = percentField('public-key-percent')
  const shareLabel = h('label', {}, texts.publicKeyPercent, share)
  mode.addEventListener('change', () => {
    shareLabel.hidden = mode.value !== 'migration'
  })
  const fields = form(
    {
      id: 'set-key-mode',
      text: texts.set,
      does: 'setKeyMode',
      body: () => ({
        mode: mode.value,
        ...(mode.value === 'migration' && { publicKeyPercent: Number(share.value) }),
      }),
    },
    h('label', {}, texts.keyMode, mode),
    shareLabel,
  )
  return { mode, share, fields }
}

/** @param {HTMLInputElement} overlap */
function rotateButtons(overlap) {
  return KINDS.map((kind) =>
    button({
      id: `rotate-${kind}`,
      text: texts.rotate[kind],
      does: 'rotateKey',
      body: () => ({ kind, overlapPercent: Number(overlap.value) }),
    }),
  )
}

/** @param {Key} key */
function keyRow({ id, kind, isNewest, validTo, publicPem }) {
  const until = validTo === null ? '' : `${texts.until} ${dayOf(new Date(validTo))}`
  return h(
    'li',
    {},
    h(
      'div',
      { class: 'line' },
      h('span', { class: 'kind' }, kind),
      isNewest && chip('good', texts.signs),
      h('span', { class: 'grow faint' }, until),
      button({
        id: `revoke-${id}`,
        text: texts.revoke,
        kind: 'danger',
        does: 'revokeKey',
        params: { id },
      }),
    ),
    copyable(id, 'faint'),
    foldable(`key-${id}`, 'PEM', plain(publicPem)),
  )
}
