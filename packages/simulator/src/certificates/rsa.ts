import { checkPrime, webcrypto } from 'node:crypto'
import { promisify } from 'node:util'
import type { Random } from '../random.ts'

/** The keys of WeChat's and of its merchants, 2048 bits. */
export const RSA = {
  name: 'RSASSA-PKCS1-v1_5',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
  hash: 'SHA-256',
} as const

const EXPONENT = 65_537n
const PRIME_BYTES = RSA.modulusLength / 16
/** Between two primes of this size lie some 700 numbers, and never so many. */
const MAX_STEP = 200_000

const isPrime = promisify(checkPrime)

/** One set for each seed and process: to find two primes takes a moment, and tests start often. */
const known = new Map<string, Promise<webcrypto.CryptoKeyPair>>()

/** What the machine makes of its own chance, or with a seed what the seed says. */
export function makeRsaKeys(random: Random): Promise<webcrypto.CryptoKeyPair> {
  if (!random.isSeeded) return webcrypto.subtle.generateKey(RSA, true, ['sign', 'verify'])
  const drawn = { p: random.bytes(PRIME_BYTES), q: random.bytes(PRIME_BYTES) }
  const name = `${drawn.p.toString('hex')} ${drawn.q.toString('hex')}`
  const keys = known.get(name) ?? keysFrom(drawn)
  known.set(name, keys)
  return keys
}

async function keysFrom(drawn: { p: Buffer; q: Buffer }): Promise<webcrypto.CryptoKeyPair> {
  const [p, q] = await Promise.all([primeFrom(drawn.p), primeFrom(drawn.q)])
  const d = inverse(EXPONENT, (p - 1n) * (q - 1n))
  const publicJwk = { kty: 'RSA', n: base64url(p * q), e: base64url(EXPONENT) }
  const privateJwk = {
    ...publicJwk,
    d: base64url(d),
    p: base64url(p),
    q: base64url(q),
    dp: base64url(d % (p - 1n)),
    dq: base64url(d % (q - 1n)),
    qi: base64url(inverse(q, p)),
  }
  const [privateKey, publicKey] = await Promise.all([
    webcrypto.subtle.importKey('jwk', privateJwk, RSA, true, ['sign']),
    webcrypto.subtle.importKey('jwk', publicJwk, RSA, true, ['verify']),
  ])
  return { privateKey, publicKey }
}

/** The first prime from here on; its two highest bits are set, so that two of them make 2048 bits. */
async function primeFrom(drawn: Buffer): Promise<bigint> {
  const top = 3n << BigInt(PRIME_BYTES * 8 - 2)
  const start = BigInt(`0x${drawn.toString('hex')}`) | top | 1n
  for (let step = 0; step < MAX_STEP; step += 2) {
    const candidate = start + BigInt(step)
    if ((candidate - 1n) % EXPONENT !== 0n && (await isPrime(candidate))) return candidate
  }
  throw new Error('no prime is near')
}

/** By Euclid: what `value` is multiplied with to leave 1. */
function inverse(value: bigint, modulus: bigint): bigint {
  let [last, rest] = [modulus, value % modulus]
  let [lastFactor, factor] = [0n, 1n]
  while (rest !== 0n) {
    const times = last / rest
    ;[last, rest] = [rest, last - times * rest]
    ;[lastFactor, factor] = [factor, lastFactor - times * factor]
  }
  return ((lastFactor % modulus) + modulus) % modulus
}

function base64url(value: bigint): string {
  const hex = value.toString(16)
  return Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex').toString('base64url')
}
