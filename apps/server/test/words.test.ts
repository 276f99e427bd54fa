import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newOrderId, startWorld, type Client, type World } from './support/world.ts'

let world: World
let alice: Client

beforeAll(async () => {
  world = await startWorld()
  alice = await world.signIn('alice')
})
afterAll(() => world.close())

const prepay = (body: object, client = alice) =>
  client.call('POST /api/prepay', { body: { orderId: newOrderId(), amountFen: 500, ...body } })
const read = async (orderId: string) =>
  (await alice.call('GET /api/orders/:orderId', { params: { orderId } })).body

describe('the words of a tip', () => {
  it('are kept clean, and come back to who wrote them', async () => {
    const { body } = await prepay({ message: ' cafe\u0301 加油👍 ', displayName: ' 小明 ' })
    expect(await read(body.orderId)).toMatchObject({
      creator: { slug: 'default', name: '作者' },
      message: 'caf\u00e9 加油👍',
      displayName: '小明',
      isAnonymous: false,
      messageState: 'shown',
    })
  })

  it('are none where nothing but space was written', async () => {
    const { body } = await prepay({ message: ' \u3000', displayName: '' })
    const expected = { message: null, displayName: null, messageState: 'none' }
    expect(await read(body.orderId)).toMatchObject(expected)
  })

  it('hold no name of who wants to be anonymous', async () => {
    const { body } = await prepay({ message: '加油', displayName: '小明', isAnonymous: true })
    const expected = { message: '加油', displayName: null, isAnonymous: true }
    expect(await read(body.orderId)).toMatchObject(expected)
    expect(await world.db.order.findUnique({ where: { id: body.orderId } })).toMatchObject(expected)
  })

  it.each([
    ['51 characters', 'message', '字'.repeat(51), 'MESSAGE_NOT_ALLOWED'],
    ['51 emoji', 'message', '👍'.repeat(51), 'MESSAGE_NOT_ALLOWED'],
    ['a line break', 'message', 'a\nb', 'MESSAGE_NOT_ALLOWED'],
    ['NUL', 'message', 'a\u0000b', 'MESSAGE_NOT_ALLOWED'],
    ['half a character', 'message', 'a\ud83d', 'MESSAGE_NOT_ALLOWED'],
    ['text turned around', 'message', 'a\u202eb', 'MESSAGE_NOT_ALLOWED'],
    ['a name of 21 characters', 'displayName', '名'.repeat(21), 'NAME_NOT_ALLOWED'],
    ['a name with a tabulator', 'displayName', 'a\tb', 'NAME_NOT_ALLOWED'],
  ])('refuses %s, and orders nothing', async (_, field, text, code) => {
    const orderId = newOrderId()
    expect(await prepay({ orderId, [field]: text })).toMatchObject({ status: 422, body: { code } })
    expect(await world.db.order.count({ where: { id: orderId } })).toBe(0)
  })

  it.each([
    ['message', '👍'.repeat(50)],
    ['displayName', '👨‍👩‍👧名'],
  ])('takes a %s as long as it may be', async (field, text) => {
    const { status, body } = await prepay({ [field]: text })
    expect(status).toBe(200)
    expect(await read(body.orderId)).toMatchObject({ [field]: text })
  })

  it.each([
    ['message', '加油'],
    ['displayName', '小明'],
    ['isAnonymous', true],
    ['amountFen', 501],
  ])('belong to what a repeat has to say again: another %s is refused', async (field, value) => {
    const orderId = newOrderId()
    const first = { orderId, message: '你好' }
    expect((await prepay(first)).status).toBe(200)
    expect((await prepay({ ...first, message: ' 你好 ' })).status).toBe(200)
    const reply = await prepay({ ...first, [field]: value })
    expect(reply).toMatchObject({ status: 409, body: { code: 'ORDER_CONFLICT' } })
  })

  it('stay out of the log', async () => {
    await prepay({ message: '这句话不进日志', displayName: '不进日志的名字' })
    expect(world.logs.join('')).not.toMatch(/不进日志/)
  })
})
