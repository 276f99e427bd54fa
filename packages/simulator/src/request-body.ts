import type { IncomingMessage } from 'node:http'

/** More is refused by the call, in its own words. */
export const MAX_BODY_BYTES = 65_536
/** Whoever sends more than this gets no answer at all. */
const MAX_READ_BYTES = 256 * MAX_BODY_BYTES

export const isTooLarge = ({ byteLength }: Uint8Array): boolean => byteLength > MAX_BODY_BYTES

export const TOO_LARGE_HINT = `the body has more than ${MAX_BODY_BYTES} bytes`

/** The bytes of any body, whatever its content type says; one that is too large stays too large. */
export async function readBody(payload: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of payload as AsyncIterable<Buffer>) {
    if (size <= MAX_BODY_BYTES) chunks.push(chunk)
    size += chunk.byteLength
    if (size > MAX_READ_BYTES) payload.destroy()
  }
  return Buffer.concat(chunks)
}
