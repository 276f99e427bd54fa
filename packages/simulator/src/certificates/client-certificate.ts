import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'

/** Who knocks: nobody we can tell, somebody whom another authority vouches for, or a known name. */
export type ClientCertificate =
  | { readonly kind: 'none' }
  | { readonly kind: 'foreign' }
  | { readonly kind: 'trusted'; readonly name: string }

export function clientCertificateOf(socket: Socket): ClientCertificate {
  if (!(socket instanceof TLSSocket)) return { kind: 'none' }
  // Without a certificate this is an object without a name, whatever its type says.
  const { subject } = socket.getPeerCertificate() as { subject?: { CN?: string } }
  if (subject === undefined) return { kind: 'none' }
  return socket.authorized ? { kind: 'trusted', name: subject.CN ?? '' } : { kind: 'foreign' }
}
