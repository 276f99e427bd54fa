import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startSimulator, type Simulator } from '../src/simulator.ts'
import { ACCOUNT } from './account.ts'
import { createWeixinClient } from './weixin.ts'

let simulator: Simulator
let openid: string

beforeEach(async () => {
  simulator = await startSimulator({ account: ACCOUNT })
  openid = simulator.login('alice').openid
})
afterEach(() => simulator.close())

const check = (content: string, changes: object = {}) =>
  createWeixinClient(simulator).post('/wxa/msg_sec_check', {
    version: 2,
    scene: 2,
    openid,
    content,
    ...changes,
  })

describe('wxa/msg_sec_check', () => {
  it('lets a text pass', async () => {
    expect(await check('谢谢你的文章')).toMatchObject({
      errcode: 0,
      errmsg: 'ok',
      result: { suggest: 'pass', label: 100 },
      detail: [{ strategy: 'content_model', suggest: 'pass' }],
    })
  })

  it('finds the text risky that the manual gives for a trial', async () => {
    expect(await check('特3456书yuuo莞6543李zxcz蒜7782法fgnv级')).toMatchObject({
      errcode: 0,
      result: { suggest: 'risky' },
    })
  })

  it.each(['risky', 'review'] as const)('says %s of a word that a rule names', async (fault) => {
    simulator.faults.add({ on: 'msg_sec_check', fault, words: ['骗子', '坏人'] })
    expect(await check('你这个坏人')).toMatchObject({ result: { suggest: fault } })
    expect(await check('你真好')).toMatchObject({ result: { suggest: 'pass' } })
  })

  it.each<[number, string, object]>([
    [44002, '', {}],
    [47001, '字'.repeat(2501), {}],
    [47001, 'ok', { version: 1 }],
    [40129, 'ok', { scene: 5 }],
    [40003, 'ok', { openid: 'oNobody' }],
  ])('answers %i', async (errcode, content, changes) => {
    expect(await check(content, changes)).toMatchObject({ errcode })
  })

  it('counts characters, not bytes', async () => {
    expect(await check('字'.repeat(2500))).toMatchObject({ errcode: 0 })
  })

  it('asks that the user was here during the last two hours', async () => {
    await simulator.clock.advance(2 * 3_600_000 + 1000)
    expect(await check('ok')).toMatchObject({ errcode: 61010 })
    simulator.login('alice')
    expect(await check('ok')).toMatchObject({ errcode: 0 })
  })
})
