import { createHash } from 'node:crypto'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { BillError, type BillPart } from '../../domain/bill.ts'
import type { OpenBytes } from './first-bytes.ts'
import { readBill } from './read-bill.ts'

/** Some 200 rows: the 16 KB that zlib takes by itself keep the garbage collector busy. */
const CHUNK_BYTES = 65_536

const GZIP_MAGIC = '\u001f\u008b'

/** A bill is a gzip file, or plain text if WeChat does not care for our wish. */
export function openBill(file: OpenBytes): AsyncIterable<BillPart> {
  return readBill(untilCut(textOf(file)))
}

/** The same, believed only if the SHA-1 of the text, lower-case hex, is this one. */
export function openHashedBill(file: OpenBytes, sha1: string): AsyncIterable<BillPart> {
  return readBill(hashed(untilCut(textOf(file)), sha1))
}

function textOf({ start, all }: OpenBytes): AsyncIterable<Uint8Array> {
  return start.startsWith(GZIP_MAGIC)
    ? pipeline(all, createGunzip({ chunkSize: CHUNK_BYTES }), ignore)
    : all
}

/** Whoever reads the stream is told the same. */
const ignore = () => undefined

async function* untilCut(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes
  } catch (cause) {
    throw new BillError('cut', 'the download broke off', { cause })
  }
}

/** The totals come after the last byte, so nothing is believed of a file that is another one. */
async function* hashed(bytes: AsyncIterable<Uint8Array>, sha1: string): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha1')
  for await (const piece of bytes) {
    hash.update(piece)
    yield piece
  }
  if (hash.digest('hex') !== sha1) {
    throw new BillError('cut', 'the hash of the file is not the one that was told')
  }
}
