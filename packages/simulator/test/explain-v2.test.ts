import { createHash, createHmac } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { canonicalText, signed } from '@dashang/shared/signing/v2'
import { writeXml } from '@dashang/shared/signing/xml'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { explainCommand } from '../src/commands/explain.ts'
import { explain } from '../src/explain/explain.ts'
import { readRawHttp } from '../src/explain/http-message.ts'
import { printExplanation } from '../src/explain/print.ts'
import { RULES } from '../src/explain/rules.ts'
import { KEY, NO_KEYS, ORDER, post, send, V2_KEYS } from './explain-support.ts'

const md5 = (text: string) => createHash('md5').update(text).digest('hex').toUpperCase()

describe('of API v2', () => {
  it('a message that is signed as it should is accepted', () => {
    const body = writeXml(signed(ORDER, { key: KEY, signType: 'MD5' }))
    expect(explain(post(body), V2_KEYS)).toMatchObject({ verdict: 'accepted', rule: null })
    const notMine = { ...V2_KEYS, mchid: '1' }
    expect(explain(post(body), notMine)).toMatchObject({ verdict: 'refused', rule: 'identity' })
    expect(explain(post(body), NO_KEYS)).toMatchObject({
      verdict: 'unknown',
      detail: 'give --v2-key',
    })
  })

  it('the published example is read as its publisher signed it', () => {
    const fields = {
      appid: 'wxd930ea5d5a258f4f',
      mch_id: '10000100',
      device_info: '1000',
      body: 'test',
      nonce_str: 'ibuaiVcKdpRxkhJA',
      sign: '9A0A8659F005D6984697E2CA0A9CF3B7',
    }
    const keys = { ...NO_KEYS, v2Key: '192006250b4c09247ec02edce69f6a2d' }
    expect(explain(post(writeXml(fields)), keys)).toMatchObject({ verdict: 'accepted' })
    const wrong = explain(post(writeXml({ ...fields, body: 'Test' })), keys)
    expect(wrong.toSign).toBe(
      `appid=wxd930ea5d5a258f4f&body=Test&device_info=1000&mch_id=10000100&nonce_str=ibuaiVcKdpRxkhJA&key=${'*'.repeat(32)}`,
    )
  })

  const canonical = canonicalText(ORDER)
  const withoutType = { ...ORDER, sign_type: '' }
  it.each([
    [
      'other sign type',
      createHmac('sha256', KEY).update(`${canonical}&key=${KEY}`).digest('hex').toUpperCase(),
    ],
    ['but for its letters', md5(`${canonical}&key=${KEY}`).toLowerCase()],
    ['sign_type was left out', md5(`${canonicalText(withoutType)}&key=${KEY}`)],
    ['lacks &key=', md5(canonical)],
    ['without «key=»', md5(`${canonical}&${KEY}`)],
    ['Empty fields', md5(`${canonical.replace('mch_id=', 'device_info=&mch_id=')}&key=${KEY}`)],
    [
      'order of the document',
      md5(
        `${Object.entries(ORDER)
          .filter(([, value]) => value !== '')
          .map((pair) => pair.join('='))
          .join('&')}&key=${KEY}`,
      ),
    ],
    [
      'capitals come first',
      md5(`${canonical.replace('Zone=capital&', '')}&Zone=capital&key=${KEY}`),
    ],
    [
      'URL-encoded',
      md5(
        `${canonical.replaceAll(/=([^&]+(?:&b 打赏 )?)/g, (_, value: string) => `=${encodeURIComponent(value)}`)}&key=${KEY}`,
      ),
    ],
    ['escaped for XML', md5(`${canonical.replace('a&b', 'a&amp;b')}&key=${KEY}`)],
    ['White space', md5(`${canonical.replace(' a&b 打赏 ', 'a&b 打赏')}&key=${KEY}`)],
    ['ends with a line feed', md5(`${canonical}&key=${KEY}\n`)],
  ])('the usual mistake «%s» is recognized', (words, signature) => {
    const found = explain(send(signature), V2_KEYS)
    expect(found).toMatchObject({ verdict: 'refused', rule: 'signature' })
    expect(found.mistake?.en).toContain(words)
    expect(found.difference).not.toBeNull()
    expect(JSON.stringify(found)).not.toContain(KEY)
  })

  it('shows the first byte that differs from what somebody signed', () => {
    const signedText = `${canonical.replace('total_fee=500', 'total_fee=5.00')}&key=${KEY}`
    const found = explain(send('0'.repeat(32)), { ...V2_KEYS, signedText })
    const at = Buffer.byteLength(canonical.slice(0, canonical.indexOf('total_fee=500') + 11))
    expect(found.difference?.at).toBe(at)
    expect(found.difference?.given).toContain('⟦.00')
  })

  it.each([
    ['empty_body', post('', '/pay/orderquery')],
    ['xml', post('<xml><a>1</a>', '/pay/orderquery')],
    ['xml', post('<!DOCTYPE xml><xml><a>1</a></xml>')],
    ['method', { ...send('0'.repeat(32)), method: 'GET' }],
    ['no_signature', post(writeXml(ORDER))],
    ['signature', send('0'.repeat(32))],
    [
      'field',
      { ...send('0'.repeat(32), { ...ORDER, body: '赏'.repeat(43) }), target: '/pay/unifiedorder' },
    ],
    ['no_message', post('hello')],
  ])('the rule %s is named', (rule, message) => {
    expect(explain(message, V2_KEYS)).toMatchObject({ verdict: 'refused', rule })
  })
})

it('an openid is missed in an order by JSAPI alone', () => {
  const explainOrder = (tradeType: string) => {
    const order = { ...ORDER, trade_type: tradeType, openid: '' }
    const body = writeXml(signed(order, { key: KEY, signType: 'MD5' }))
    return explain(post(body, '/pay/unifiedorder'), V2_KEYS)
  }
  expect(explainOrder('JSAPI')).toMatchObject({
    rule: 'field',
    answer: { message: 'JSAPI支付必须传openid' },
  })
  expect(explainOrder('NATIVE')).toMatchObject({
    rule: 'content',
    answer: { message: expect.stringContaining('商户号该产品权限未开通') as string },
  })
})

it('an empty sign_type of an answer is none, so the length of the signature tells', () => {
  const answer = { return_code: 'SUCCESS', result_code: 'SUCCESS', nonce_str: 'n', sign_type: '' }
  const body = writeXml({ ...signed(answer, { key: KEY, signType: 'HMAC-SHA256' }), sign_type: '' })
  expect(explain(post(body), V2_KEYS)).toMatchObject({ verdict: 'accepted' })
})

describe('the command', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'simulator-explain-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('reads headers and body out of one file, or out of two', async () => {
    const xml = writeXml(signed(ORDER, { key: KEY, signType: 'MD5' }))
    const raw = join(folder, 'raw')
    const [headers, body] = [join(folder, 'headers'), join(folder, 'body')]
    const length = Buffer.byteLength(xml)
    await writeFile(
      raw,
      `POST /pay/unifiedorder HTTP/1.1\r\nContent-Length: ${length}\r\n\r\n${xml}\n`,
    )
    await writeFile(headers, 'Content-Type: text/xml\n')
    await writeFile(body, xml)
    const printed: string[] = []
    const run = (...args: string[]) =>
      explainCommand([...args, '--v2-key', KEY], {}, (line) => printed.push(line))
    expect(await run('--file', raw)).toBe(true)
    expect(await run('--headers', headers, '--body', body)).toBe(true)
    expect(await run('--file', raw, '--mchid', '1', '--json')).toBe(false)
    expect(printed[0]).toMatch(/^Accepted, as far as a request by itself can tell\n/)
    expect(JSON.parse(printed[2] ?? '')).toMatchObject({ verdict: 'refused', rule: 'identity' })
    await expect(run('--file', join(folder, 'nothing'))).rejects.toThrow('--file cannot be read')
    await expect(run('--file', raw, '--merchant-cert', body)).rejects.toThrow('PEM text')
  })

  it('cuts what was never sent, and keeps the bytes of the body', () => {
    const raw = Buffer.from('POST /x HTTP/1.1\nA: b\nContent-Length: 4\n\na\r\nb\n')
    expect(readRawHttp(raw)).toMatchObject({ method: 'POST', target: '/x', headers: { a: 'b' } })
    expect(readRawHttp(raw).body.toString()).toBe('a\r\nb')
  })

  it.each(['en', 'zh'] as const)('speaks %s', (language) => {
    const found = explain(send('0'.repeat(32)), V2_KEYS)
    const text = printExplanation(found, language)
    expect(text).toContain(RULES.signature[language])
    expect(text).not.toContain(KEY)
  })
})
