import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto'
import { readCertificate, readPublicKey, type Certificate } from '@dashang/shared/signing/v3/keys'
import { readPem } from '../settings/pem.ts'

export type Part<Value> =
  | { readonly kind: 'absent' }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'read'; readonly value: Value }

/** One entry of a list; `null` is what nothing can be made of. */
export interface PublicKeyEntry {
  readonly id: string
  readonly key: KeyObject | null
}

export const readClientPart = (setting: string | undefined) =>
  read(setting, (text) => new X509Certificate(readPem(text)))

export const readKeyPart = (setting: string | undefined): Part<KeyObject> =>
  read(setting, (text) => createPrivateKey(readPem(text)))

export function readPublicKeyEntries(json: string | undefined): Part<readonly PublicKeyEntry[]> {
  return read(json, (text) =>
    listIn(text).map((entry) => {
      const { id, key } = entry as { id?: unknown; key?: unknown }
      if (typeof id !== 'string' || typeof key !== 'string') throw new Error('no id or no key')
      return { id, key: attempt(() => readPublicKey(readPem(key))) }
    }),
  )
}

export function readCertificateEntries(
  json: string | undefined,
): Part<readonly (Certificate | null)[]> {
  return read(json, (text) =>
    listIn(text).map((entry) => attempt(() => readCertificate(readPem(String(entry))))),
  )
}

function listIn(json: string): unknown[] {
  const list: unknown = JSON.parse(json)
  if (!Array.isArray(list)) throw new Error('no list')
  return list
}

function read<Value>(setting: string | undefined, parse: (text: string) => Value): Part<Value> {
  if (setting === undefined) return { kind: 'absent' }
  const value = attempt(() => parse(setting))
  return value === null ? { kind: 'unreadable' } : { kind: 'read', value }
}

function attempt<Value>(make: () => Value): Value | null {
  try {
    return make()
  } catch {
    // Why it failed would quote what nobody may see; that it failed is the finding.
    return null
  }
}
