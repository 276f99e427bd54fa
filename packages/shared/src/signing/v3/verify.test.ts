import { createPrivateKey, createPublicKey, X509Certificate, type KeyObject } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import published from '../vectors.json' with { type: 'json' }
import { answerText, sign } from './signature.ts'
import { SIGNATURE_HEADERS, verify, type Distrust, type SignedMessage } from './verify.ts'

const KEY_ID = 'PUB_KEY_ID_0119000000012026010100000000000001'
const inputsOf = (id: string) => published.vectors.find((v) => v.id === id)?.inputs
// A published key does as well as a new one, which takes long to make.
const privateKey = createPrivateKey(inputsOf('v3-sign-01')?.private_key_pem ?? '')
const otherKey = createPublicKey(inputsOf('v3-verify-01')?.public_key_or_cert_pem ?? '')
const keys = new Map<string, KeyObject>([[KEY_ID, createPublicKey(privateKey)]])
const keyOf = (id: string) => keys.get(id)
const NOW = new Date('2026-01-31T12:00:00Z')
const SECONDS = NOW.getTime() / 1000

interface Parts {
  timestamp?: string
  nonce?: string
  body?: string | Uint8Array
}

/** A message as WeChat signs it. */
function genuine({ timestamp = String(SECONDS), nonce = 'n0nce', body = '{}' }: Parts = {}) {
  const signature = sign(answerText({ timestamp, nonce, body }), privateKey)
  return message({ timestamp, nonce, signature, keyId: KEY_ID }, body)
}

function message(
  values: Record<keyof typeof SIGNATURE_HEADERS, string>,
  body: string | Uint8Array,
): SignedMessage {
  const headers = Object.entries(SIGNATURE_HEADERS).map(([key, name]) => [
    name,
    values[key as keyof typeof values],
  ])
  return { headers: Object.fromEntries(headers) as Record<string, string>, body }
}

const withHeader = (
  { headers, body }: SignedMessage,
  name: string,
  value: string | string[] | undefined,
): SignedMessage => ({ headers: { ...headers, [name]: value }, body })

const judge = (given: SignedMessage, now = NOW) => verify(given, keyOf, now)
const GENUINE = { kind: 'genuine', keyId: KEY_ID } as const
const refusedFor = (why: Distrust, keyId: string | null = KEY_ID) =>
  ({ kind: 'refused', why, keyId }) as const

describe('the published vectors', () => {
  const notifications = published.vectors.filter(({ id }) => id.startsWith('v3-notify-'))

  it.each(notifications)('$id: $name', ({ inputs, expected }) => {
    const pem = inputs.public_key_or_cert_pem ?? ''
    const isCertificate = pem.includes('CERTIFICATE')
    const key = isCertificate ? new X509Certificate(pem).publicKey : createPublicKey(pem)
    const given = Object.entries(inputs.headers ?? {}).map(([n, value]) => [n.toLowerCase(), value])
    const headers = Object.fromEntries(given) as Record<string, string>
    const now = new Date(Number(headers['wechatpay-timestamp']) * 1000)
    const body = Buffer.from(inputs.body ?? '')
    const keyId = headers['wechatpay-serial'] ?? ''
    const { 'wechatpay-timestamp': timestamp = '', 'wechatpay-nonce': nonce = '' } = headers
    expect(answerText({ timestamp, nonce, body }).toString()).toBe(expected.message)
    const only = (id: string) => (id === keyId ? key : undefined)
    expect(verify({ headers, body }, only, now)).toEqual({ kind: 'genuine', keyId })
    const changed = body.toString().replace('"id"', '"Id"')
    expect(verify({ headers, body: changed }, only, now)).toMatchObject({ why: 'wrong_signature' })
  })
})

const partsArbitrary = fc.record({
  nonce: fc.stringMatching(/^[0-9A-Za-z]{1,32}$/),
  body: fc.uint8Array(),
})

describe('verify', () => {
  it('accepts what WeChat signed, and says with which key', () => {
    fc.assert(
      fc.property(partsArbitrary, (parts) => {
        expect(judge(genuine(parts))).toEqual(GENUINE)
      }),
    )
  })

  it('reads a body of text as its bytes', () => {
    const given = genuine({ body: '{"summary":"支付成功"}' })
    expect(judge(given)).toEqual(GENUINE)
    expect(judge({ ...given, body: Buffer.from('{"summary":"支付成功"}') })).toEqual(GENUINE)
  })

  it('refuses every changed, added or missing byte of a body', () => {
    const any = fc.integer({ min: 1, max: 255 })
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), fc.nat(), any, (body, at, by) => {
        const given = genuine({ body })
        const other = Buffer.from(body)
        const index = at % body.length
        other.writeUInt8(other.readUInt8(index) ^ by, index)
        for (const wrong of [other, body.subarray(1), Buffer.concat([body, Buffer.of(by)])]) {
          expect(judge({ ...given, body: wrong })).toEqual(refusedFor('wrong_signature'))
        }
      }),
    )
  })

  it('refuses every other nonce', () => {
    fc.assert(
      fc.property(partsArbitrary, partsArbitrary, (parts, { nonce }) => {
        fc.pre(parts.nonce !== nonce)
        const given = withHeader(genuine(parts), 'wechatpay-nonce', nonce)
        expect(judge(given)).toEqual(refusedFor('wrong_signature'))
      }),
    )
  })

  it('refuses every other timestamp, also within the window', () => {
    const other = fc.integer({ min: -300, max: 300 }).filter((seconds) => seconds !== 0)
    fc.assert(
      fc.property(other, (seconds) => {
        const given = withHeader(genuine(), 'wechatpay-timestamp', String(SECONDS + seconds))
        expect(judge(given)).toEqual(refusedFor('wrong_signature'))
      }),
    )
  })

  it('refuses every changed letter of a signature', () => {
    const given = genuine()
    const signature = String(given.headers['wechatpay-signature'])
    const letter = fc.stringMatching(/^[0-9A-Za-z+/=]$/)
    fc.assert(
      fc.property(fc.nat(signature.length - 1), letter, (at, other) => {
        fc.pre(signature[at] !== other)
        const wrong = signature.slice(0, at) + other + signature.slice(at + 1)
        expect(judge(withHeader(given, 'wechatpay-signature', wrong))).toEqual(
          refusedFor('wrong_signature'),
        )
      }),
    )
  })

  it('refuses a key that it does not know, by its name', () => {
    const given = withHeader(genuine(), 'wechatpay-serial', 'PUB_KEY_ID_2')
    expect(judge(given)).toEqual(refusedFor('unknown_key', 'PUB_KEY_ID_2'))
  })

  it('refuses what another key signed under a known name', () => {
    expect(verify(genuine(), () => otherKey, NOW)).toEqual(refusedFor('wrong_signature'))
  })
})

describe('the time', () => {
  it.each([-300_000, -299_999, -1, 0, 1, 299_999, 300_000])('may be %d ms away', (ms) => {
    expect(judge(genuine(), new Date(NOW.getTime() + ms))).toEqual(GENUINE)
  })

  it.each([-86_400_000, -300_001, 300_001, 86_400_000, Number.NaN])(
    'may not be %d ms away',
    (ms) => {
      expect(judge(genuine(), new Date(NOW.getTime() + ms))).toEqual(refusedFor('stale'))
    },
  )

  it.each<[timestamp: string]>([
    [` ${SECONDS}`],
    [`${SECONDS} `],
    [`+${SECONDS}`],
    [`0${SECONDS}`],
    [`${SECONDS}.0`],
    [`${SECONDS}, ${SECONDS}`],
    [`${SECONDS}000`],
    [SECONDS.toExponential()],
    [`0x${SECONDS.toString(16)}`],
    ['0'],
    ['now'],
  ])('is not %j, whoever signed it', (timestamp) => {
    expect(judge(genuine({ timestamp }))).toEqual(refusedFor('stale'))
  })
})

describe('the headers', () => {
  it.each(Object.values(SIGNATURE_HEADERS))('%s has to be there once and say something', (name) => {
    const given = genuine()
    const { [name]: value = '' } = given.headers
    const keyId = name === SIGNATURE_HEADERS.keyId ? null : KEY_ID
    for (const wrong of [
      undefined,
      [String(value), String(value)],
      [String(value)],
      `${String(value)}\n`,
    ]) {
      expect(judge(withHeader(given, name, wrong))).toEqual(refusedFor('missing_header', keyId))
    }
    const empty = name === SIGNATURE_HEADERS.keyId ? '' : KEY_ID
    expect(judge(withHeader(given, name, ''))).toEqual(refusedFor('missing_header', empty))
  })

  it.each(Object.values(SIGNATURE_HEADERS))(
    '%s given twice and joined by Node is refused',
    (name) => {
      const given = genuine()
      const value = String(given.headers[name])
      expect(judge(withHeader(given, name, `${value}, ${value}`))).toMatchObject({
        kind: 'refused',
      })
    },
  )

  it('no line of a body may move into the nonce', () => {
    const given = genuine({ nonce: 'n0nce', body: 'first\nsecond' })
    const moved = withHeader({ ...given, body: 'second' }, 'wechatpay-nonce', 'n0nce\nfirst')
    expect(judge(moved)).toEqual(refusedFor('missing_header'))
  })
})

describe('a probe', () => {
  const probe = withHeader(genuine(), 'wechatpay-signature', 'WECHATPAY/SIGNTEST/abcdef==')

  it('is told from an attack, whatever key it names', () => {
    expect(judge(probe)).toEqual(refusedFor('probe'))
    const unknown = withHeader(probe, 'wechatpay-serial', 'PUB_KEY_ID_2')
    expect(judge(unknown)).toEqual(refusedFor('probe', 'PUB_KEY_ID_2'))
  })

  it('is one only from the first letter on', () => {
    const later = withHeader(probe, 'wechatpay-signature', 'xWECHATPAY/SIGNTEST/abcdef==')
    expect(judge(later)).toEqual(refusedFor('wrong_signature'))
  })

  it('is of no interest when it is old', () => {
    expect(judge(probe, new Date(NOW.getTime() + 300_001))).toEqual(refusedFor('stale'))
  })
})
