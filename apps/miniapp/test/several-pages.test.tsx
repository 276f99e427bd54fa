import { beforeEach, describe, expect, it } from 'vitest'
import RecordPage from '../src/pages/record/index'
import RecordsPage from '../src/pages/records/index'
import TipPage from '../src/pages/tip/index'
import { phone } from './support/phone'
import { openOrder, order, ORDER_ID, sayOfPayment, serve } from './support/samples'
import { control, goBack, open, openOver, pass, tap, touch, words } from './support/screen'

const PREPAY = 'POST /api/prepay'
const OK = 'requestPayment:ok'
const CANCEL = 'requestPayment:fail cancel'

const mine = (state = openOrder()) => {
  phone.server.answer('GET /api/orders', { orders: [state], nextCursor: null })
  phone.server.answer('GET /api/orders/:orderId', state)
}
const cancel = async () => {
  phone.pay = async () => CANCEL
  sayOfPayment('not_paid')
  await tap('打赏 ¥5.00')
  phone.pay = async () => OK
  sayOfPayment('paid')
}

beforeEach(() => {
  serve()
  mine()
})

describe('a payment that ends while another page is in front', () => {
  /** The order is placed at last, and paid. */
  async function seeThanksThere(letGo: () => void): Promise<void> {
    mine(order())
    letGo()
    await pass()
    expect(words()).toContain('谢谢你的心意')
    await tap('完成')
    expect(words()).toContain('已支付')
  }

  it('is thanked for there, when it was begun on the form', async () => {
    await open(TipPage)
    const letGo = phone.server.hold(PREPAY)
    touch('打赏 ¥5.00')
    await openOver(RecordsPage)
    await seeThanksThere(letGo)
    await goBack()
    expect(control('打赏 ¥5.00')).toBeTruthy()
  })

  it('is thanked for there, when it was begun in the list', async () => {
    await open(RecordsPage)
    const letGo = phone.server.hold(PREPAY)
    touch('去支付')
    await openOver(RecordPage, { orderId: ORDER_ID })
    await seeThanksThere(letGo)
    await goBack()
    expect(words()).toContain('已支付')
    expect(words()).not.toContain('待支付')
  })
})

describe('an ending of another page', () => {
  it("is that page's to show, and still there on the way back", async () => {
    await open(TipPage)
    await cancel()
    await openOver(RecordsPage)
    expect(words()).toContain('待支付')
    expect(words()).not.toContain('已取消支付')
    await goBack()
    expect(words()).toContain('已取消支付')
  })

  it('is no more once that order is paid', async () => {
    await open(TipPage)
    await cancel()
    await openOver(RecordsPage)
    await tap('去支付')
    expect(words()).toContain('谢谢你的心意')
    await tap('完成')
    await goBack()
    expect(words()).not.toContain('没有扣款')
    expect(control('打赏 ¥5.00')).toBeTruthy()
  })
})

describe('an order in doubt', () => {
  const orderId = () =>
    (phone.server.asked.find(({ route }) => route === PREPAY)?.body as { orderId: string }).orderId

  beforeEach(async () => {
    await open(TipPage)
    sayOfPayment('unknown')
    await tap('打赏 ¥5.00')
    await pass(6000)
    mine(openOrder({ orderId: orderId() }))
  })

  it('waits for WeChat in the list, and cannot be paid there', async () => {
    await openOver(RecordsPage)
    expect(words()).toContain('等待微信确认')
    expect(words()).not.toContain('去支付')
  })

  it('is asked about on its own page, and thanked for', async () => {
    await openOver(RecordPage, { orderId: orderId() })
    expect(words()).not.toContain('继续支付')
    await tap('再查一次')
    expect(words()).toContain('请不要重复支付')
    sayOfPayment('paid')
    await tap('再查一次')
    expect(words()).toContain('谢谢你的心意')
  })
})

it('leads from «already paid» in the list to the order', async () => {
  await open(RecordsPage)
  phone.server.refuse(PREPAY, 'ORDER_PAID')
  await tap('去支付')
  await tap('查看这笔打赏')
  expect(phone.opened).toEqual([`/pages/record/index?orderId=${ORDER_ID}`])
})

it('does not open a page over itself', async () => {
  await open(RecordPage, { orderId: ORDER_ID })
  phone.server.refuse(PREPAY, 'ORDER_PAID')
  mine(order())
  await tap('继续支付')
  await tap('查看这笔打赏')
  expect(phone.opened).toEqual([])
  expect(words()).toContain('已支付')
})

it('shows an ending from its beginning', async () => {
  await open(TipPage)
  expect(phone.scrolledTo).toEqual([])
  await tap('打赏 ¥5.00')
  expect(phone.scrolledTo).toEqual([0])
})
