import type { X509Certificate } from 'node:crypto'
import { statSync } from 'node:fs'
import type { PAIR_FINDINGS } from '../findings/pair.ts'
import type { Rule } from '../rule.ts'
import type { Situation } from '../situation.ts'

const EXPIRING_MS = 60 * 24 * 60 * 60 * 1000
const MIN_MODULUS_BITS = 2048
/** Read, write or execute for anybody; the group is often made for just this server. */
const OTHERS = 0o007

/** For a certificate that could be read. */
const certificate =
  (name: string, judge: (value: X509Certificate, situation: Situation) => string | true): Rule =>
  (situation) => {
    if (situation.certificate.kind !== 'read') return null
    const verdict = judge(situation.certificate.value, situation)
    return verdict === true ? [] : [{ at: name, detail: verdict }]
  }

export const PAIR_RULES = {
  private_key_other: ({ certificate, privateKey }) => {
    if (certificate.kind !== 'read' || privateKey.kind !== 'read') return null
    const isPair = certificate.value.checkPrivateKey(privateKey.value)
    return isPair ? [] : [{ at: 'WECHAT_PAY_CLIENT_KEY' }]
  },
  private_key_open: ({ given, privateKey }) => {
    const { WECHAT_PAY_CLIENT_KEY: path } = given
    if (path === undefined || privateKey.kind !== 'read') return null
    if (path.includes('-----BEGIN') || process.platform === 'win32') return null
    const mode = statSync(path).mode & 0o777
    const isOpen = (mode & OTHERS) !== 0
    return isOpen ? [{ at: 'WECHAT_PAY_CLIENT_KEY', detail: `0${mode.toString(8)}` }] : []
  },
  certificate_weak: certificate('WECHAT_PAY_CLIENT_CERT', ({ publicKey }) => {
    const { asymmetricKeyType: type = '', asymmetricKeyDetails } = publicKey
    const bits = asymmetricKeyDetails?.modulusLength ?? 0
    return (type === 'rsa' && bits >= MIN_MODULUS_BITS) || [type, bits || ''].join(' ').trim()
  }),
  certificate_expired: certificate('WECHAT_PAY_CLIENT_CERT', (value, { now }) => {
    const { validFromDate: from, validToDate: to } = value
    return (from <= now && now < to) || `${dayOf(from)} – ${dayOf(to)}`
  }),
  certificate_expiring: certificate('WECHAT_PAY_CLIENT_CERT', ({ validToDate: to }, { now }) => {
    const leftMs = to.getTime() - now.getTime()
    return leftMs <= 0 || leftMs > EXPIRING_MS || dayOf(to)
  }),
  certificate_of_other_merchant: certificate('WECHAT_PAY_CLIENT_CERT', ({ subject }, { given }) => {
    const name = /^CN=(.*)$/m.exec(subject)?.[1] ?? ''
    return name === given['WECHAT_PAY_MCHID'] || `CN=${name}`
  }),
  serial_other: (situation) => {
    const { WECHAT_PAY_MERCHANT_SERIAL: serial } = situation.given
    if (serial === undefined) return null
    return certificate('WECHAT_PAY_MERCHANT_SERIAL', ({ serialNumber }) => {
      return serial.toUpperCase() === serialNumber.toUpperCase() || serialNumber
    })(situation)
  },
} as const satisfies Record<keyof typeof PAIR_FINDINGS, Rule>

const dayOf = (date: Date) => date.toISOString().slice(0, 10)
