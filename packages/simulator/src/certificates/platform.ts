// The certificate library finds its parts through this.
import 'reflect-metadata'
import { KeyObject, webcrypto } from 'node:crypto'
import { KeyUsageFlags, KeyUsagesExtension } from '@peculiar/x509'
import { DAY_MS, issue, privateKeyPem, readAuthority, RSA } from './issue.ts'

/** WeChat's last five years; one of them is over, so that a clock may be set back. */
const PLATFORM_AGE_MS = 365 * DAY_MS
const PLATFORM_LEFT_MS = 4 * 365 * DAY_MS

/** A key of WeChat's: what merchants are given, and what WeChat keeps. */
export interface PemPair {
  readonly publicPem: string
  readonly privatePem: string
}

/** One more platform certificate, by the authority with this key. */
export async function makePlatformCertificate(caKey: string): Promise<PemPair> {
  const keys = await webcrypto.subtle.generateKey(RSA, true, ['sign', 'verify'])
  const extensions = [new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true)]
  const holder = { name: 'CN=WeChat simulator platform', keys, extensions }
  const lifetime = { sinceMs: PLATFORM_AGE_MS, leftMs: PLATFORM_LEFT_MS }
  const publicPem = await issue(await readAuthority(caKey), holder, lifetime)
  return { publicPem, privatePem: privateKeyPem(keys) }
}

/** One more WeChat Pay public key. */
export async function makePublicKey(): Promise<PemPair> {
  const keys = await webcrypto.subtle.generateKey(RSA, true, ['sign', 'verify'])
  const publicPem = KeyObject.from(keys.publicKey).export({ type: 'spki', format: 'pem' })
  return { publicPem: publicPem.toString(), privatePem: privateKeyPem(keys) }
}
