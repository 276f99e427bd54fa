import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BillError, type BillRow, type BillTotals } from '../../domain/bill.ts'
import examples from './examples.json' with { type: 'json' }
import { readBill } from './read-bill.ts'

interface Reading {
  readonly rows: BillRow[]
  readonly totals: BillTotals | null
  readonly error: BillError | null
}

/** Reads a bill that arrives in pieces cut at these bytes. */
async function read(text: string | Uint8Array, cuts: readonly number[] = []): Promise<Reading> {
  const bytes = Buffer.from(text)
  const at = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
  const pieces = at.slice(1).map((end, i) => bytes.subarray(at[i], end))
  const rows: BillRow[] = []
  let totals: BillTotals | null = null
  try {
    for await (const part of readBill(piecesOf(pieces))) {
      if (part.kind === 'rows') rows.push(...part.rows)
      else totals = part.totals
    }
  } catch (error) {
    if (!(error instanceof BillError)) throw error
    return { rows, totals, error }
  }
  return { rows, totals, error: null }
}

async function* piecesOf(pieces: readonly Uint8Array[]) {
  yield* pieces
}

function example(id: string): string {
  const found = examples.bills.find((bill) => bill.id === id)
  if (found === undefined) throw new Error(`no example ${id}`)
  return found.text
}

describe('a bill', () => {
  it('with a byte order mark, CRLF and a refund is read as documented', async () => {
    const { rows, totals, error } = await read(example('bill-d2'))
    expect(error).toBeNull()
    const shared = {
      appid: 'wx0000000000000001',
      mchid: '1900007291',
      orderId: 'T20231115000001',
      transactionId: '4200000000202311150000000001',
      currency: 'CNY',
    }
    expect(rows).toEqual([
      {
        kind: 'payment',
        fact: {
          ...shared,
          amountFen: 100,
          openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
          paidAt: new Date('2023-11-15T06:13:20+08:00'),
        },
        fee: { feeMilliFen: 1000, baseFen: 100, rateTenMillionths: 60_000 },
      },
      {
        kind: 'refund',
        fact: {
          ...shared,
          refundId: 'R20231115000001',
          wechatRefundId: '50000000000000000000000000001',
          amountFen: 40,
          state: 'PROCESSING',
          requestedAt: new Date('2023-11-15T07:00:00+08:00'),
        },
        fee: { feeMilliFen: 0, baseFen: 40, rateTenMillionths: 60_000 },
      },
    ])
    expect(totals).toEqual({
      paymentCount: 1,
      paymentFen: 100,
      refundCount: 1,
      refundFen: 40,
      feeMilliFen: 1000,
    })
  })

  it('of before 2018, with 24 columns and full-width colons, is read by its headers', async () => {
    const { rows, totals, error } = await read(example('bill-02'))
    expect(error).toBeNull()
    expect(rows.map(({ fact }) => [fact.orderId, fact.amountFen])).toEqual([
      ['1415640626', 1],
      ['1415635270', 1],
    ])
    expect(rows[0]?.kind === 'payment' && rows[0].fact.paidAt).toEqual(
      new Date('2014-11-10T16:33:45+08:00'),
    )
    expect(totals).toMatchObject({ paymentCount: 2, paymentFen: 2, feeMilliFen: 0 })
  })

  it('whose summary contradicts its rows is not believed, and each sum is named', async () => {
    const { totals, error } = await read(example('bill-01'))
    expect(totals).toBeNull()
    expect(error).toMatchObject({ fault: 'inconsistent' })
    expect(error?.message).toContain('rowCount: 48 for 1, orderFen: 576 for 600')
  })

  it('is the same in whatever pieces it arrives', async () => {
    const whole = await read(example('bill-d2'))
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat()), async (cuts) => {
        expect(await read(example('bill-d2'), cuts)).toEqual(whole)
      }),
    )
  })

  it('cut anywhere before its last line is never taken for a shorter one', async () => {
    const bytes = Buffer.from(example('bill-d2'))
    const lastLine = bytes.lastIndexOf('`2,')
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: lastLine }), async (length) => {
        const { totals, error } = await read(bytes.subarray(0, length))
        expect({ totals, isKnown: error instanceof BillError }).toEqual({
          totals: null,
          isKnown: true,
        })
      }),
    )
  })

  it('keeps a comma and a backtick inside a name apart from those between values', async () => {
    const { rows, error } = await read(example('bill-d2').replaceAll('`打赏', '`打,赏`, `'))
    expect(error).toBeNull()
    expect(rows).toHaveLength(2)
  })

  it('may write its count as a decimal and end without a line end', async () => {
    const text = example('bill-d2').replace(/`2,/, '`2.0,').replace(/\r\n$/, '')
    expect((await read(text)).totals?.paymentCount).toBe(1)
  })

  it('of successful payments alone has no columns for refunds', async () => {
    const { header, rows, summary } = successBill()
    const { totals, error } = await read([header, ...rows, ...summary, ''].join('\r\n'))
    expect(error).toBeNull()
    expect(totals).toMatchObject({ paymentCount: 1, paymentFen: 100 })
  })
})

/** 20 columns: the first row of the example without those of a refund. */
function successBill() {
  const [header = '', row = '', , ...summary] = example('bill-d2').trim().split('\r\n')
  const without = <Value>(values: Value[]) =>
    values.filter((_, i) => !(i >= 14 && i <= 19) && i !== 25)
  return {
    header: without(header.split(',')).join(','),
    rows: [`\`${without(row.slice(1).split(',`')).join(',`')}`],
    summary: [summary[0] ?? '', '`1,`1.00,`0.00,`0.00,`0.01000,`1.00,`0.00'],
  }
}

describe('a bill that cannot be read', () => {
  it.each<[why: string, change: (text: string) => string, message: RegExp]>([
    ['has another first line', (text) => text.replace('交易时间', '时间'), /first line/],
    ['has a row too short', (text) => text.replace(',`CNY', ''), /line 2 has 26 values/],
    ['has no time', (text) => text.replace('06:13:20', '06:13'), /line 2 has no time/],
    ['has a part of a fen', (text) => text.replace('`1.00', '`1.005'), /line 2 has no amount/],
    [
      'has an unknown state',
      (text) => text.replace('`SUCCESS', '`HALF'),
      /line 2 has a trade state/,
    ],
    ['goes on after its summary', (text) => `${text}more\r\n`, /follows the summary/],
    ['has a line without end', (text) => text + 'x'.repeat(70_000), /a line has no end/],
  ])('says so when it %s', async (_, change, message) => {
    const { totals, error } = await read(change(example('bill-d2')))
    expect(totals).toBeNull()
    expect(error?.fault).toBe('unreadable')
    expect(error?.message).toMatch(message)
  })

  it('says so when it is not UTF-8', async () => {
    const bytes = Buffer.from(example('bill-d2'))
    bytes[bytes.indexOf('打赏')] = 0xff
    expect((await read(bytes)).error).toMatchObject({ fault: 'unreadable' })
  })
})
