import type { KEY_FINDINGS } from '../findings/keys.ts'
import { setting, type Rule } from '../rule.ts'

const API_V3_KEY_BYTES = 32

export const KEY_RULES = {
  v2_key_missing: ({ settings }) => {
    if (settings['WECHAT_PAY_CHANNEL'] === 'v3') return null
    return settings['WECHAT_PAY_V2_KEY'] === undefined ? [{ at: 'WECHAT_PAY_V2_KEY' }] : []
  },
  // The simulator takes any 32 characters; the console takes letters and digits.
  v2_key_shape: setting('WECHAT_PAY_V2_KEY', (key, { isReal }) =>
    isReal ? /^[0-9A-Za-z]{32}$/.test(key) : key.length === 32,
  ),
  v3_key_missing: ({ settings, usesV3 }) => {
    if (!usesV3) return null
    return settings['WECHAT_PAY_V3_KEY'] === undefined ? [{ at: 'WECHAT_PAY_V3_KEY' }] : []
  },
  v3_key_length: ({ given }) => {
    const { WECHAT_PAY_V3_KEY: key } = given
    if (key === undefined) return null
    const bytes = Buffer.byteLength(key)
    const isRight = bytes === API_V3_KEY_BYTES
    return isRight ? [] : [{ at: 'WECHAT_PAY_V3_KEY', detail: `${bytes} ≠ ${API_V3_KEY_BYTES}` }]
  },
  v3_key_shape: setting('WECHAT_PAY_V3_KEY', (key, { isReal }) =>
    isReal ? /^[0-9A-Za-z]*$/.test(key) : !/\s/.test(key),
  ),
  certificate_missing: ({ given }) =>
    ['WECHAT_PAY_CLIENT_CERT', 'WECHAT_PAY_CLIENT_KEY']
      .filter((name) => given[name] === undefined)
      .map((at) => ({ at })),
  certificate_unreadable: ({ certificate }) => {
    if (certificate.kind === 'absent') return null
    return certificate.kind === 'read' ? [] : [{ at: 'WECHAT_PAY_CLIENT_CERT' }]
  },
  private_key_unreadable: ({ privateKey }) => {
    if (privateKey.kind === 'absent') return null
    return privateKey.kind === 'read' ? [] : [{ at: 'WECHAT_PAY_CLIENT_KEY' }]
  },
} as const satisfies Record<keyof typeof KEY_FINDINGS, Rule>
