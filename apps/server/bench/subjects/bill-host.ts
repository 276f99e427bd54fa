import { createServer } from 'node:http'
import { pipeline, Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { createGzip } from 'node:zlib'
import { parseXml } from '@dashang/shared/signing/xml'
import { billLines } from '../../test/support/bill.ts'
import { paymentsOf } from '../bill/days.ts'
import { sayReady, WORLD } from '../world.ts'

const LINES_IN_ONE_PIECE = 200

// A bill that is made while it is sent: there is never more of it than one piece.
function* piecesOf(lines: Iterable<string>): Generator<string> {
  let piece: string[] = []
  for (const line of lines) {
    piece.push(line)
    if (piece.length < LINES_IN_ONE_PIECE) continue
    yield piece.join('')
    piece = []
  }
  yield piece.join('')
}

const server = createServer((message, response) => {
  void buffer(message).then((body) => {
    const date = parseXml(body)['bill_date'] ?? ''
    const day = date.replace(/^(.{4})(..)(..)$/, '$1-$2-$3')
    const pieces = Readable.from(piecesOf(billLines(paymentsOf(day), WORLD)))
    pipeline(pieces, createGzip({ level: 1 }), response, () => undefined)
  })
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  sayReady({ url: `http://127.0.0.1:${String(port)}` })
})
