import { createPrivateKey, X509Certificate } from 'node:crypto'

/** One value of DER: tag, length, content. */
function der(tag: number, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content)
  const hex = body.length.toString(16).padStart(body.length > 0xff ? 4 : 2, '0')
  const size = Buffer.from(hex, 'hex')
  const length =
    body.length < 0x80 ? size : Buffer.concat([Buffer.from([0x80 | size.length]), size])
  return Buffer.concat([Buffer.from([tag]), length, body])
}

const sequence = (...parts: readonly Buffer[]) => der(0x30, ...parts)
const octets = (content: Buffer) => der(0x04, content)
const explicit = (content: Buffer) => der(0xa0, content)
const oid = (hex: string) => der(0x06, Buffer.from(hex, 'hex'))
const data = (content: Buffer) => sequence(oid('2a864886f70d010701'), explicit(octets(content)))

const KEY_BAG = '2a864886f70d010c0a0101'
const CERTIFICATE_BAG = '2a864886f70d010c0a0103'
const X509 = '2a864886f70d01091601'

/** Certificate and key as the one file `apiclient_cert.p12`, without a password or a digest (RFC 7292). */
export function writePfx({ cert, key }: { readonly cert: string; readonly key: string }): Buffer {
  const pkcs8 = createPrivateKey(key).export({ type: 'pkcs8', format: 'der' })
  const certificate = sequence(oid(X509), explicit(octets(new X509Certificate(cert).raw)))
  const bags = sequence(
    sequence(oid(KEY_BAG), explicit(pkcs8)),
    sequence(oid(CERTIFICATE_BAG), explicit(certificate)),
  )
  const version3 = Buffer.from([0x02, 0x01, 0x03])
  return sequence(version3, data(sequence(data(bags))))
}
