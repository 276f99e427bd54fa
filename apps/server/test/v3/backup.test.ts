import getPort from 'get-port'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createWeChatHttp, type WeChatHttp } from '../../src/wechat/http.ts'
import { createV3Send } from '../../src/wechat/v3/send.ts'
import { makeKeys, readKeys, type MadeKeys } from '../support/v3-keys.ts'
import { startV3Platform, type V3Platform } from '../support/v3-platform.ts'

let keys: MadeKeys
let [main, backup]: V3Platform[] = []
let http: WeChatHttp
beforeAll(async () => {
  ;[keys, main, backup] = await Promise.all([makeKeys(), startV3Platform(), startV3Platform()])
  http = createWeChatHttp({ timeoutMs: 300 })
})
afterAll(async () => {
  await http.close()
  await main?.close()
  await backup?.close()
})

const PLACE = {
  method: 'POST',
  target: '/v3/pay/transactions/jsapi',
  body: { out_trade_no: 'order1' },
} as const

const askAt = (baseUrl: string) =>
  createV3Send(
    http,
    { appid: 'wx', mchid: '1', keys: readKeys(keys), baseUrl, backupUrl: backup?.url ?? null },
    () => new Date(),
  )

it('the backup host is asked the same when the first cannot be reached', async () => {
  const port = await getPort({ host: '127.0.0.1' })
  await askAt(`http://127.0.0.1:${port}`)(PLACE)
  expect(backup?.requests.map(({ body }) => body)).toEqual([JSON.stringify(PLACE.body)])
})

it('is asked the same when the first breaks off, signed anew and with the same number', async () => {
  if (!main || !backup) throw new Error('both hosts are started first')
  backup.requests.length = 0
  main.reply = (response) => response.destroy()
  await askAt(main.url)(PLACE)
  const [asked, repeated] = [main.requests.at(-1), backup.requests.at(-1)]
  expect(repeated?.body).toBe(asked?.body)
  expect(repeated?.headers.authorization).not.toBe(asked?.headers.authorization)
})

it.each<[what: string, reply: V3Platform['reply']]>([
  ['refuses', (response) => response.writeHead(500).end()],
  ['is slow, because it may still be at work', () => undefined],
])('is left alone when the first %s', async (_, reply) => {
  if (!main || !backup) throw new Error('both hosts are started first')
  backup.requests.length = 0
  main.reply = reply
  await askAt(main.url)(PLACE)
  expect(backup.requests).toEqual([])
})
