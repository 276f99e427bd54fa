import { createPublicKey } from 'node:crypto'
import {
  KeyError,
  readCertificate,
  readPublicKey,
  type Certificate,
  type PlatformKey,
} from '@dashang/shared/signing/v3/keys'
import { Ajv } from 'ajv'
import { Type, type Static } from 'typebox'
import { readPem } from './pem.ts'

const PublicKeys = Type.Array(
  Type.Object(
    { id: Type.String({ pattern: '^PUB_KEY_ID_\\w{1,64}$' }), key: Type.String() },
    { additionalProperties: false },
  ),
)
const Certificates = Type.Array(Type.String())

const ajv = new Ajv()
const isPublicKeys = ajv.compile<Static<typeof PublicKeys>>(PublicKeys)
const isCertificates = ajv.compile<Static<typeof Certificates>>(Certificates)

/** The keys in a JSON list of `{"id", "key"}`, each PEM text or the path of a file with it. */
export function readPublicKeys(json: string, merchantCertificate: string): readonly PlatformKey[] {
  const list = parse(json, isPublicKeys)
  if (list === null) {
    throw new KeyError('is not a JSON list of {"id": "PUB_KEY_ID_…", "key": PEM text or path}')
  }
  const keys = list.map(({ id, key }, index) =>
    readEntry(index, () => ({ id, key: readPublicKey(readPem(key)) })),
  )
  return checked(keys, merchantCertificate)
}

/** The certificates in a JSON list, each PEM text or the path of a file with it. */
export function readCertificates(
  json: string,
  merchantCertificate: string,
): readonly Certificate[] {
  const list = parse(json, isCertificates)
  if (list === null) throw new KeyError('is not a JSON list of PEM texts or paths')
  const certificates = list.map((pem, index) =>
    readEntry(index, () => readCertificate(readPem(pem))),
  )
  return checked(certificates, merchantCertificate)
}

function parse<T>(json: string, isRight: (value: unknown) => value is T): T | null {
  try {
    const value: unknown = JSON.parse(json)
    return isRight(value) ? value : null
  } catch {
    return null
  }
}

function readEntry<T>(index: number, read: () => T): T {
  try {
    return read()
  } catch (cause) {
    const problem = cause instanceof KeyError ? cause.message : 'is not a file that can be read'
    throw new KeyError(`entry ${index + 1} ${problem}`, { cause })
  }
}

/** Two of one name would be two answers to one question; and the merchant's own key proves nothing. */
function checked<Key extends PlatformKey>(
  keys: readonly Key[],
  merchantCertificate: string,
): readonly Key[] {
  if (new Set(keys.map(({ id }) => id)).size < keys.length)
    throw new KeyError('names one key twice')
  const own = createPublicKey(merchantCertificate)
  const index = keys.findIndex(({ key }) => key.equals(own))
  if (index === -1) return keys
  throw new KeyError(`entry ${index + 1} is the merchant's own key, and not one of WeChat Pay`)
}
