// The certificate library finds its parts through this.
import 'reflect-metadata'
import { KeyObject } from 'node:crypto'
import { KeyUsageFlags, KeyUsagesExtension } from '@peculiar/x509'
import type { Random } from '../random.ts'
import { issue, newSerialNumber, privateKeyPem, readAuthority } from './issue.ts'
import { makeRsaKeys } from './rsa.ts'

const YEAR_MS = 365 * 24 * 60 * 60 * 1000
/** WeChat's last five years; one of them is over, so that a clock may be set back. */
const PLATFORM_AGE_MS = YEAR_MS
const PLATFORM_LEFT_MS = 4 * YEAR_MS

/** A key of WeChat's: what merchants are given, and what WeChat keeps. */
export interface PemPair {
  readonly publicPem: string
  readonly privatePem: string
}

/** What a key is made of: everything of it chance and the real clock, or everything foreseeable. */
export interface Making {
  readonly random: Random
  readonly now: () => Date
}

/** One more platform certificate, by the authority with this key. */
export async function makePlatformCertificate(
  caKey: string,
  { random, now }: Making,
): Promise<PemPair> {
  const made = now().getTime()
  // Whoever draws in between must not change what is drawn here.
  const serialNumber = newSerialNumber(random)
  const keys = await makeRsaKeys(random)
  const publicPem = await issue(await readAuthority(caKey), {
    name: 'CN=WeChat simulator platform',
    keys,
    extensions: [new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true)],
    serialNumber,
    validity: { from: new Date(made - PLATFORM_AGE_MS), to: new Date(made + PLATFORM_LEFT_MS) },
  })
  return { publicPem, privatePem: privateKeyPem(keys) }
}

/** One more WeChat Pay public key. */
export async function makePublicKey({ random }: Making): Promise<PemPair> {
  const keys = await makeRsaKeys(random)
  const publicPem = KeyObject.from(keys.publicKey).export({ type: 'spki', format: 'pem' })
  return { publicPem: publicPem.toString(), privatePem: privateKeyPem(keys) }
}
