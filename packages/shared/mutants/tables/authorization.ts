import type { Mutants } from '../mutant.ts'

export const AUTHORIZATION_MUTANTS = {
  'another scheme is written': { from: 'WECHATPAY2-SHA256-RSA2048', to: 'WECHATPAY2-SHA1-RSA2048' },
  'any scheme': { from: 'header?.startsWith(`${SCHEME} `)', to: 'header' },
  'a scheme of the same beginning': {
    from: 'header?.startsWith(`${SCHEME} `)',
    to: 'header?.startsWith(SCHEME)',
  },
  'a scheme anywhere': { from: 'header?.startsWith(', to: 'header?.includes(' },
  'any letters of the scheme': {
    from: 'header?.startsWith(`${SCHEME} `)',
    to: 'header?.toUpperCase().startsWith(`${SCHEME} `)',
  },
  'spaces between the pairs': { from: `.split(',') : []`, to: '.split(/, */) : []' },
  'a name given twice': { from: ' || values.has(name)', to: '' },
  'something in front of a pair': { from: '/^([a-z_]+)=', to: '/([a-z_]+)=' },
  'something behind a pair': { from: '"([^"]*)"$/', to: '"([^"]*)"/' },
  'a quote within a value': { from: '"([^"]*)"$/', to: '"(.*)"$/' },
  'a value without quotes': { from: '"([^"]*)"$/', to: '"?([^"]*)"?$/' },
  'a name in capitals': { from: '"([^"]*)"$/.exec', to: '"([^"]*)"$/i.exec' },
  'what is no pair is passed over': {
    from: 'values.has(name)) return null',
    to: 'values.has(name)) continue',
  },
  'no mchid': { from: 'isWhole = mchid && ', to: 'isWhole = ' },
  'no nonce': { from: '&& nonce_str && ', to: '&& ' },
  'no signature': { from: '&& signature && ', to: '&& ' },
  'no timestamp': { from: '&& timestamp && ', to: '&& ' },
  'no serial': { from: ' && serial_no\n', to: '\n' },
  'another value for the nonce': { from: 'nonce: nonce_str,', to: 'nonce: signature,' },
  'another name of the nonce': { from: `nonce: 'nonce_str'`, to: `nonce: 'nonce'` },
  'pairs with a space between': { from: `pairs.join(',')`, to: `pairs.join(', ')` },
} as const satisfies Mutants
