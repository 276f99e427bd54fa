import type { KeyObject } from 'node:crypto'
import {
  MAX_SKEW_MS,
  verify,
  type SignedMessage,
  type Verdict,
} from '@dashang/shared/signing/v3/verify'
import type { Certificate } from '@dashang/shared/signing/v3/keys'
import type { V3Keys } from './account.ts'

const REFRESH_EVERY_MS = 12 * 60 * 60 * 1000
/** Anybody can name a key that there is not; more often than this it costs no question. */
const MIN_REFRESH_INTERVAL_MS = 10_000

/** The keys of WeChat by their names, and what they say of a message. */
export interface KeyRing {
  verify(message: SignedMessage, now: Date): Promise<Verdict>
}

/** Asks WeChat for its certificates; `null` when there is no answer to believe. */
export type FetchCertificates = (now: Date) => Promise<readonly Certificate[] | null>

interface Held {
  readonly key: KeyObject
  readonly from: Date
  readonly until: Date
}

/**
 * With public keys, those that are configured and no others. With certificates, those that WeChat
 * names when it is asked: every 12 hours, and once more for a key that is not known. Who moves from
 * certificates to a public key has both.
 * https://pay.weixin.qq.com/doc/v3/merchant/4012551764
 */
export function createKeyRing(keys: V3Keys, fetchCertificates: FetchCertificates): KeyRing {
  const publicKeys = new Map(keys.publicKeys.map(({ id, key }) => [id, key]))
  const isFetching = publicKeys.size === 0 || keys.certificates.length > 0
  let held = new Map(keys.certificates.map((certificate) => [certificate.id, hold(certificate)]))
  let running: Promise<void> | null = null
  let triedAt = Number.NEGATIVE_INFINITY
  let fetchedAt = Number.NEGATIVE_INFINITY

  function keyOf(id: string, now: Date): KeyObject | undefined {
    const certificate = held.get(id)
    const isValid = certificate && certificate.from <= now && now < certificate.until
    return publicKeys.get(id) ?? (isValid ? certificate.key : undefined)
  }

  async function refresh(now: Date): Promise<void> {
    const certificates = await fetchCertificates(now)
    if (certificates === null) return
    held = renewed(held, certificates, now)
    fetchedAt = now.getTime()
  }

  /** One question at a time, however many wait for it. */
  function refreshOnce(now: Date): Promise<void> {
    if (running !== null) return running
    if (now.getTime() - triedAt < MIN_REFRESH_INTERVAL_MS) return Promise.resolve()
    triedAt = now.getTime()
    running = refresh(now).finally(() => {
      running = null
    })
    return running
  }

  return {
    async verify(message, now) {
      const look = () => verify(message, (id) => keyOf(id, now), now)
      if (isFetching && now.getTime() - fetchedAt >= REFRESH_EVERY_MS) await refreshOnce(now)
      const verdict = look()
      const isUnknown = verdict.kind === 'refused' && verdict.why === 'unknown_key'
      if (!isFetching || !isUnknown) return verdict
      await refreshOnce(now)
      return look()
    },
  }
}

const hold = ({ key, validFrom: from, validTo: until }: Certificate): Held => ({ key, from, until })

/** One that WeChat names no more stays for as long as a message that it signed may be on its way. */
function renewed(
  held: ReadonlyMap<string, Held>,
  certificates: readonly Certificate[],
  now: Date,
): Map<string, Held> {
  const leaving = new Date(now.getTime() + MAX_SKEW_MS)
  const next = new Map<string, Held>()
  for (const [id, each] of held) {
    const until = each.until < leaving ? each.until : leaving
    if (now < until) next.set(id, { ...each, until })
  }
  for (const certificate of certificates) next.set(certificate.id, hold(certificate))
  return next
}
