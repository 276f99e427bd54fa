import type { KeyObject } from 'node:crypto'
import { readCertificate, readPublicKey } from '@dashang/shared/signing/v3/keys'
import { unseal } from '@dashang/shared/signing/v3/resource'
import type { Simulator } from '../src/simulator.ts'
import { ACCOUNT } from './account.ts'
import type { Flaw } from './somebodys-flaws.ts'
import { createV3Merchant, fieldsOf } from './v3-merchant.ts'

interface Listed {
  readonly encrypt_certificate: {
    readonly ciphertext: string
    readonly nonce: string
    readonly associated_data: string
  }
}

export type KeyBook = ReturnType<typeof createKeyBook>

/** The keys of WeChat's that somebody's server has, right but for the flaws. */
export function createKeyBook(simulator: Simulator, flaws: readonly Flaw[]) {
  const has = (flaw: Flaw) => flaws.includes(flaw)
  const merchant = createV3Merchant(simulator)
  const { publicKeyId, publicKey, platformSerial, platformCertificate } = simulator.v3()
  const publicKeys = new Map([[publicKeyId, readPublicKey(publicKey)]])
  let certificates = new Map([[platformSerial, readCertificate(platformCertificate).key]])
  if (has('knows the public key alone')) certificates = new Map()

  async function ask(): Promise<void> {
    if (has('never asks for certificates') || has('knows the public key alone')) return
    const { data } = fieldsOf(await merchant.get('/v3/certificates')) as { data: Listed[] }
    const listed = data.map(({ encrypt_certificate: sealed }) => {
      const { ciphertext, nonce, associated_data: associatedData } = sealed
      const opened = unseal({ ciphertext, nonce, associatedData }, Buffer.from(ACCOUNT.v3Key))
      const { id, key } = readCertificate(opened.toString())
      return [id, key] as const
    })
    certificates = new Map(has('keeps the newest certificate alone') ? listed.slice(0, 1) : listed)
  }

  return {
    /** Those to verify with; none for a serial that nobody knows. */
    async find(id: string): Promise<readonly KeyObject[]> {
      const look = () => publicKeys.get(id) ?? certificates.get(id)
      if (has('tries every key that it has')) {
        return [...publicKeys.values(), ...certificates.values()]
      }
      if (look() === undefined) await ask()
      const key = look()
      if (key !== undefined) return [key]
      const isCareless = has('takes another key for one that it does not know')
      return isCareless ? [...publicKeys.values()] : []
    },
  }
}
