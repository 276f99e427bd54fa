import type { Mutants } from '../mutant.ts'

export const VERIFY_MUTANTS = {
  'a window of six minutes': { from: '5 * 60 * 1000', to: '6 * 60 * 1000' },
  'a window of a millisecond more': { from: '5 * 60 * 1000', to: '5 * 60 * 1000 + 1' },
  'a window without its border': { from: '<= MAX_SKEW_MS', to: '< MAX_SKEW_MS' },
  'any message of the future': {
    from: 'Math.abs(now.getTime() - Number(timestamp) * 1000)',
    to: 'now.getTime() - Number(timestamp) * 1000',
  },
  'any message of the past': {
    from: 'Math.abs(now.getTime() - Number(timestamp) * 1000)',
    to: 'Number(timestamp) * 1000 - now.getTime()',
  },
  'milliseconds for seconds': { from: 'Number(timestamp) * 1000', to: 'Number(timestamp)' },
  'any time': { from: `if (!isFresh(timestamp, now)) return refused('stale', keyId)`, to: '' },
  'a time of any form': { from: '!/^[1-9][0-9]{0,12}$/.test(timestamp)', to: 'false' },
  'a time with something in front': { from: '/^[1-9][0-9]{0,12}$/', to: '/[1-9][0-9]{0,12}$/' },
  'a time with something behind': { from: '/^[1-9][0-9]{0,12}$/', to: '/^[1-9][0-9]{0,12}/' },
  'a time that begins with 0': { from: '/^[1-9][0-9]{0,12}$/', to: '/^[0-9]{1,13}$/' },
  'no time': { from: '!timestamp || ', to: '' },
  'no nonce': { from: '!nonce || ', to: '' },
  'no signature': { from: '!signature || ', to: '' },
  'no key id': { from: ' || !keyId)', to: ')' },
  'a header given twice': { from: `typeof header === 'string' && `, to: 'header && ' },
  'a header of two lines': { from: ` && !header.includes('\\n')`, to: '' },
  'another name of a header': { from: `'wechatpay-serial'`, to: `'wechatpay-serial-no'` },
  'time and nonce exchanged': {
    from: `timestamp: 'wechatpay-timestamp',
  nonce: 'wechatpay-nonce',`,
    to: `nonce: 'wechatpay-nonce',
  timestamp: 'wechatpay-timestamp',`,
  },
  'a probe taken for an attack': {
    from: `if (signature.startsWith(PROBE_PREFIX)) return refused('probe', keyId)`,
    to: '',
  },
  'an attack taken for a probe': { from: 'signature.startsWith(', to: 'signature.includes(' },
  'a probe that is believed': {
    from: `return refused('probe', keyId)`,
    to: `return { kind: 'genuine', keyId }`,
  },
  'a probe of another name': { from: 'WECHATPAY/SIGNTEST/', to: 'WECHATPAY/TEST/' },
  'an unknown key that is believed': {
    from: `return refused('unknown_key', keyId)`,
    to: `return { kind: 'genuine', keyId }`,
  },
  'a signature over another nonce': {
    from: 'answerText({ timestamp, nonce,',
    to: `answerText({ timestamp, nonce: '',`,
  },
  'a signature over no body': { from: 'nonce, body: message.body })', to: `nonce, body: '' })` },
  'a body read as text': { from: 'body: message.body })', to: 'body: String(message.body) })' },
  'any signature': { from: 'return isSignedBy(text, signature, key)', to: 'return true' },
  'only wrong signatures': { from: 'return isSignedBy(', to: 'return !isSignedBy(' },
  'a refusal that names no key': { from: 'keyId: keyId ?? null', to: 'keyId: null' },
  'another key is named': {
    from: `{ kind: 'genuine', keyId }`,
    to: `{ kind: 'genuine', keyId: nonce }`,
  },
} as const satisfies Mutants
