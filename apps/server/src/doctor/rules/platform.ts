import type { PLATFORM_FINDINGS } from '../findings/platform.ts'
import type { PublicKeyEntry } from '../pem-parts.ts'
import type { Rule } from '../rule.ts'
import type { Situation } from '../situation.ts'

const KEYS = 'WECHAT_PAY_PUBLIC_KEYS'
const CERTIFICATES = 'WECHAT_PAY_PLATFORM_CERTIFICATES'

/** For each key of a list that could be read; says which of them is wrong. */
const publicKeys =
  (isRight: (entry: PublicKeyEntry, situation: Situation) => boolean): Rule =>
  (situation) => {
    if (situation.publicKeys.kind !== 'read') return null
    return situation.publicKeys.value.flatMap((entry, i) =>
      isRight(entry, situation) ? [] : [{ at: KEYS, detail: `#${i + 1}` }],
    )
  }

export const PLATFORM_RULES = {
  public_keys_unreadable: ({ publicKeys }) => {
    if (publicKeys.kind === 'absent') return null
    return publicKeys.kind === 'read' ? [] : [{ at: KEYS }]
  },
  public_key_id_shape: publicKeys(({ id }) => /^PUB_KEY_ID_[0-9]{1,64}$/.test(id)),
  public_key_wrong: publicKeys(({ key }) => key !== null),
  public_key_own: publicKeys(({ key }, { certificate }) => {
    if (key === null || certificate.kind !== 'read') return true
    return !certificate.value.publicKey.equals(key)
  }),
  platform_certificates_unreadable: ({ platformCertificates }) => {
    if (platformCertificates.kind === 'absent') return null
    if (platformCertificates.kind === 'unreadable') return [{ at: CERTIFICATES }]
    return platformCertificates.value.flatMap((entry, i) =>
      entry === null ? [{ at: CERTIFICATES, detail: `#${i + 1}` }] : [],
    )
  },
  platform_certificate_expired: ({ platformCertificates, now }) => {
    if (platformCertificates.kind !== 'read') return null
    return platformCertificates.value
      .filter((entry) => entry !== null)
      .filter(({ validFrom, validTo }) => now < validFrom || validTo <= now)
      .map(({ id }) => ({ at: CERTIFICATES, detail: id }))
  },
} as const satisfies Record<keyof typeof PLATFORM_FINDINGS, Rule>
