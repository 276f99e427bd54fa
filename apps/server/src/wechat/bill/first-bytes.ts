/** What the kind of a file can be told by. */
const START_BYTES = 2

export interface OpenBytes {
  /** The first bytes, each as one character. */
  readonly start: string
  /** All of them, from the first on. */
  readonly all: AsyncIterable<Uint8Array>
}

/** Waits for the first bytes of a stream, so that one can decide how to read it. */
export async function openBytes(bytes: AsyncIterable<Uint8Array>): Promise<OpenBytes> {
  const iterator = bytes[Symbol.asyncIterator]()
  let head = Buffer.alloc(0)
  while (head.byteLength < START_BYTES) {
    const next = await iterator.next()
    if (next.done) break
    head = Buffer.concat([head, next.value])
  }
  return {
    start: head.subarray(0, START_BYTES).toString('latin1'),
    all: rejoin(head, iterator),
  }
}

async function* rejoin(
  head: Uint8Array,
  iterator: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    yield head
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
      yield next.value
    }
  } finally {
    await iterator.return?.()
  }
}
