import { signed } from '@dashang/shared/signing/v2'
import { writeXml } from '@dashang/shared/signing/xml'
import { describe, expect, it } from 'vitest'
import { explain } from '../src/explain/explain.ts'
import { readRawHttp } from '../src/explain/http-message.ts'
import { printExplanation } from '../src/explain/print.ts'
import { ACCOUNT } from './account.ts'
import { KEY, V2_KEYS } from './explain-support.ts'

const answer = (status: string, type: string, body: string) =>
  readRawHttp(Buffer.from(`HTTP/1.1 ${status}\r\nContent-Type: ${type}\r\n\r\n${body}`))

describe('an HTTP answer', () => {
  it.each([
    ['502 Bad Gateway', 'text/html', '<html>502 Bad Gateway</html>', 'HTTP 502, text/html'],
    ['200 OK', 'text/xml', '<xml><a>1</a></xml>', 'HTTP 200, text/xml'],
    ['503 Service Unavailable', 'text/plain', '', 'HTTP 503, text/plain'],
    [
      '401 Unauthorized',
      'application/json',
      '{"code":"SIGN_ERROR","message":"错误的签名"}',
      'HTTP 401, application/json: SIGN_ERROR 错误的签名',
    ],
  ])('%s without a signature is called so', (status, type, body, detail) => {
    const found = explain(answer(status, type, body), V2_KEYS)
    expect(found).toMatchObject({ verdict: 'refused', rule: 'unsigned_answer', detail })
    expect(printExplanation(found, 'en')).not.toContain('request')
  })

  it('of API v2 is read as one', () => {
    const fields = { return_code: 'SUCCESS', result_code: 'SUCCESS', mch_id: ACCOUNT.mchid }
    const xml = writeXml(signed(fields, { key: KEY, signType: 'MD5' }))
    expect(explain(answer('200 OK', 'text/plain', xml), V2_KEYS)).toMatchObject({
      verdict: 'accepted',
      unchecked: [],
    })
  })

  it('of API v3 that lost its signature lacks a header', () => {
    const message = readRawHttp(Buffer.from('HTTP/1.1 204\nWechatpay-Nonce: a\n\n'))
    expect(explain(message, V2_KEYS)).toMatchObject({ rule: 'missing_header' })
  })
})
