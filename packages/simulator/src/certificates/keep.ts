import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createRandom } from '../random.ts'
import { makeCertificates, type Certificates } from './make.ts'

/** What each of them is called in its folder. */
export const KEY_FILES = {
  caCert: 'ca.pem',
  caKey: 'ca-key.pem',
  serverCert: 'server.pem',
  serverKey: 'server-key.pem',
  merchantCert: 'merchant-cert.pem',
  merchantKey: 'merchant-key.pem',
  platformCert: 'platform-cert.pem',
  platformKey: 'platform-key.pem',
  wechatPublicKey: 'pub_key.pem',
  wechatPrivateKey: 'wechat-private-key.pem',
} as const satisfies Record<keyof Certificates, string>

const CERTIFICATE = { name: 'certificate', read: (pem: string) => new X509Certificate(pem) }
const PRIVATE_KEY = { name: 'private key', read: createPrivateKey }
const PUBLIC_KEY = { name: 'public key', read: createPublicKey }

/** What each of them has to be. */
const FORMS = {
  caCert: CERTIFICATE,
  caKey: PRIVATE_KEY,
  serverCert: CERTIFICATE,
  serverKey: PRIVATE_KEY,
  merchantCert: CERTIFICATE,
  merchantKey: PRIVATE_KEY,
  platformCert: CERTIFICATE,
  platformKey: PRIVATE_KEY,
  wechatPublicKey: PUBLIC_KEY,
  wechatPrivateKey: PRIVATE_KEY,
} as const satisfies Record<keyof Certificates, { name: string; read: (pem: string) => unknown }>

const ENTRIES = Object.entries(KEY_FILES) as [keyof Certificates, string][]

/** The certificates in this folder, made on the first start. */
export async function keepCertificates(
  folder: string,
  mchid: string,
  seeded: Seeded | null = null,
): Promise<Certificates> {
  const kept = await read(folder)
  if (kept === null) {
    const made = await make(mchid, seeded)
    await write(folder, made)
    return made
  }
  if (new X509Certificate(kept.merchantCert).subject !== `CN=${mchid}`) {
    throw new Error(`the keys in ${folder} are of another merchant; delete the folder`)
  }
  return kept
}

/** What foreseeable certificates hang upon. */
export interface Seeded {
  readonly seed: string
  /** Where the clock starts. */
  readonly startAt: Date
}

async function make(mchid: string, seeded: Seeded | null): Promise<Certificates> {
  if (seeded === null) return makeCertificates(mchid)
  // A sequence of their own: where certificates are kept, all else is drawn alike.
  const random = createRandom(`${seeded.seed}\ncertificates`)
  return makeCertificates(mchid, { random, now: () => seeded.startAt })
}

const made = new Map<string, Promise<Certificates>>()

/** One set for each merchant, seed and process: making RSA keys takes time, and tests start often. */
export function throwAwayCertificates(mchid: string, seeded: Seeded | null): Promise<Certificates> {
  const name = JSON.stringify([mchid, seeded])
  const known = made.get(name) ?? make(mchid, seeded)
  made.set(name, known)
  return known
}

/** `null` when there is none of them; a part of them is a mistake that nobody should paper over. */
async function read(folder: string): Promise<Certificates | null> {
  const texts = await Promise.all(
    ENTRIES.map(async ([name, file]) => [name, await readIfThere(join(folder, file))] as const),
  )
  const missing = texts.filter(([, text]) => text === null).map(([name]) => KEY_FILES[name])
  if (missing.length === texts.length) return null
  if (missing.length > 0)
    throw new Error(`${folder} lacks ${missing.join(', ')}; delete it to make all anew`)
  const kept = Object.fromEntries(texts) as Record<keyof Certificates, string>
  for (const [name, file] of ENTRIES) assertForm(kept[name], FORMS[name], join(folder, file))
  return kept
}

function assertForm(pem: string, form: (typeof FORMS)[keyof Certificates], file: string): void {
  try {
    form.read(pem)
  } catch (cause) {
    throw new Error(
      `${file} is no ${form.name} in PEM; put it back, or delete the folder to make all anew`,
      { cause },
    )
  }
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

async function write(folder: string, certificates: Certificates): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const [name, file] of ENTRIES) {
    const mode = file.endsWith('-key.pem') ? 0o600 : 0o644
    await writeFile(join(folder, file), certificates[name], { mode })
  }
}
