import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { signed } from '@dashang/shared/signing/v2'
import { writeXml } from '@dashang/shared/signing/xml'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { keepCertificates } from '../src/certificates/keep.ts'
import { explainCommand } from '../src/commands/explain.ts'
import { explain } from '../src/explain/explain.ts'
import { readRawHttp } from '../src/explain/http-message.ts'
import { printExplanation } from '../src/explain/print.ts'
import { ACCOUNT } from './account.ts'
import { KEY, post, send, V2_KEYS } from './explain-support.ts'
import { orderFields } from './merchant.ts'

it('what is empty is called so, and nothing else', () => {
  const found = explain(readRawHttp(Buffer.alloc(0)), V2_KEYS)
  expect(printExplanation(found, 'en').split('\n')).toEqual([
    'Refused: This is neither XML of API v2 nor a message with headers of API v3.',
    '  detail: it is empty',
  ])
})

it('a notification that was torn is no request for an unknown path', () => {
  const torn = post('<xml><return_code>SUCCESS</return_code><app', '/notify')
  expect(explain(torn, V2_KEYS)).toMatchObject({ verdict: 'refused', rule: 'xml' })
})

describe('what is printed', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'simulator-explain-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('of a refused request is the answer that the platform would give', () => {
    const changes = { appid: ACCOUNT.appid, mch_id: ACCOUNT.mchid, nonce_str: 'nonce' }
    const fields = { ...changes, ...orderFields('oAlice', { total_fee: '5.00' }) }
    const found = explain({ ...send('0', fields), target: '/pay/unifiedorder' }, V2_KEYS)
    expect(printExplanation(found, 'en')).toContain('  answer: 200 total_fee参数格式有误\n')
  })

  it('the merchant number of a certificate is the one that a request has to name', async () => {
    await keepCertificates(folder, ACCOUNT.mchid)
    const fields = { appid: ACCOUNT.appid, mch_id: '1900000009', nonce_str: 'nonce' }
    const query = { ...fields, out_trade_no: 'order-0001' }
    const file = join(folder, 'request')
    const xml = writeXml(signed(query, { key: KEY, signType: 'MD5' }))
    await writeFile(file, `POST /pay/orderquery HTTP/1.1\n\n${xml}`)
    const printed: string[] = []
    const run = (...args: string[]) =>
      explainCommand(['--file', file, '--v2-key', KEY, ...args], {}, (line) => printed.push(line))
    expect(await run()).toBe(true)
    expect(await run('--keys', folder)).toBe(false)
    expect(await run('--keys', folder, '--mchid', '1900000009')).toBe(true)
    expect(printed[1]).toContain('the merchant is 1900000001')
  })
})
