import type { OrderView } from '@dashang/shared/contracts/orders'
import { REGULAR } from './past.ts'
import type { Stage } from './stage.ts'

export type Scene = (stage: Stage) => Promise<void>

const TIP = 'tip/index'
const PREPAY = '**/api/prepay'
const CREATORS = '**/api/creators/**'

async function atTip(stage: Stage): Promise<void> {
  await stage.open(TIP)
  await stage.page.locator('#amount-500').waitFor()
}

async function atRecords(stage: Stage): Promise<void> {
  await stage.open('records/index', REGULAR)
  await stage.tip.records().first().waitFor()
}

/** One page of a tip of the regular's: the first of the list that looks like this. */
const atRecord =
  (text: RegExp): Scene =>
  async (stage) => {
    await atRecords(stage)
    await stage.tip.records().filter({ hasText: text }).first().locator('.record-main').tap()
    await stage.page.locator('.receipt').waitFor()
  }

/** What a refusal before the cashier looks like. */
const refused =
  (kind: Parameters<Stage['tip']['result']>[0], code: Parameters<Stage['refuse']>[1]): Scene =>
  async (stage) => {
    await atTip(stage)
    await stage.refuse(PREPAY, code)
    await stage.tip.tapAmount(2000)
    await stage.tip.result(kind).waitFor()
  }

async function unconfirmed(stage: Stage): Promise<void> {
  await atTip(stage)
  const json = { errMsg: 'requestPayment:ok' }
  await stage.page.route('**/_sim/orders/*/pay', (route) => route.fulfill({ json }))
  await stage.tip.tapAmount(500)
  await stage.tip.cashier.pay()
  await stage.tip.result('unconfirmed').waitFor()
}

async function paid(stage: Stage): Promise<void> {
  await atTip(stage)
  await stage.tip.tapAmount(1000)
  await stage.tip.cashier.pay()
  await stage.tip.result('paid').waitFor()
}

function withRefunds(order: OrderView): OrderView {
  if (order.amountFen !== 2000) return order
  const [reason, createdAt] = ['重复打赏，按你的要求退回', order.createdAt]
  const first = { amountFen: 500, state: 'succeeded', reason, createdAt } as const
  const second = { ...first, state: 'processing', createdAt: new Date().toISOString() } as const
  return { ...order, refunds: [first, second] }
}

export async function largeText({ page }: Stage): Promise<void> {
  await page.evaluate("document.querySelector('.page').classList.add('text-size-150')")
}

async function scrolled({ page }: Stage): Promise<void> {
  await page.locator('.tip-links').scrollIntoViewIfNeeded()
}

/** Every page in every state that a person can meet it in. */
export const SCENES = {
  'tip-loading': async (stage) => {
    await stage.hold(CREATORS)
    await stage.open(TIP)
    await stage.page.locator('.skeleton-head').waitFor()
  },
  tip: atTip,
  'tip-below': async (stage) => {
    await atTip(stage)
    await scrolled(stage)
  },
  'tip-words': async (stage) => {
    await atTip(stage)
    await stage.page.locator('#message textarea').fill('第一集就入坑了，一直想说声谢谢！')
    await stage.page.locator('#anonymous').tap()
    await stage.tip.choose(2000)
  },
  'tip-words-too-long': async (stage) => {
    await atTip(stage)
    await stage.page.locator('#message textarea').fill('好听！'.repeat(70))
    await stage.page.locator('#name input').fill('一个很长很长很长很长很长很长很长很长的名字')
    await scrolled(stage)
  },
  keypad: async (stage) => {
    await atTip(stage)
    await stage.page.locator('#amount-custom').tap()
    for (const key of ['8', '8', 'point', '8']) await stage.page.locator(`#key-${key}`).tap()
  },
  'keypad-too-much': async (stage) => {
    await atTip(stage)
    await stage.page.locator('#amount-custom').tap()
    await stage.page.locator('#keypad-confirm').waitFor()
    for (const key of '9999') await stage.page.locator(`#key-${key}`).tap()
  },
  'tip-custom': async (stage) => {
    await SCENES.keypad(stage)
    await stage.page.locator('#keypad-confirm').tap()
    await stage.page.locator('#keypad').waitFor({ state: 'detached' })
  },
  'tip-paying': async (stage) => {
    await atTip(stage)
    await stage.hold(PREPAY)
    await stage.tip.tapAmount(500)
  },
  'tip-retired': async (stage) => {
    await stage.open(`${TIP}?creator=retired`)
    await stage.page.locator('.notice').waitFor()
  },
  'tip-newcomer': async (stage) => {
    await stage.open(`${TIP}?creator=newcomer`)
    await stage.page.locator('#amount-500').waitFor()
  },
  'tip-large-text': async (stage) => {
    await atTip(stage)
    await largeText(stage)
  },
  'tip-unknown': async (stage) => {
    await stage.open(`${TIP}?creator=nobody`)
    await stage.page.locator('#go-default').waitFor()
  },
  'tip-offline': async (stage) => {
    await stage.cut(CREATORS)
    await stage.open(TIP)
    await stage.page.locator('#retry').waitFor()
  },
  cashier: async (stage) => {
    await atTip(stage)
    await stage.tip.tapAmount(500)
    await stage.tip.cashier.waitFor()
  },
  thanks: paid,
  'thanks-large-text': async (stage) => {
    await paid(stage)
    await largeText(stage)
  },
  'ending-cancelled': async (stage) => {
    await atTip(stage)
    await stage.tip.tapAmount(1000)
    await stage.tip.cashier.cancel()
    await stage.tip.result('cancelled').waitFor()
  },
  'ending-failed': async (stage) => {
    await atTip(stage)
    await stage.tip.tapAmount(2000)
    await stage.tip.cashier.choose('fail')
    await stage.tip.result('failed').waitFor()
  },
  'ending-unconfirmed': unconfirmed,
  'tip-in-doubt': async (stage) => {
    await unconfirmed(stage)
    await stage.tip.dismiss()
    await stage.page.locator('#doubt').waitFor()
  },
  'ending-closed': refused('closed', 'ORDER_CLOSED'),
  'ending-busy': refused('busy', 'WECHAT_BUSY'),
  'ending-refused': refused('refused', 'MESSAGE_REFUSED'),
  'ending-unpayable': refused('unpayable', 'CREATOR_RETIRED'),
  'ending-already-paid': refused('already_paid', 'ORDER_PAID'),
  'ending-offline': async (stage) => {
    await atTip(stage)
    await stage.cut('**/api/**')
    await stage.tip.tapAmount(500)
    await stage.tip.result('offline').waitFor()
  },
  records: async (stage) => {
    await stage.change(withRefunds)
    await atRecords(stage)
  },
  'records-loading': async (stage) => {
    await stage.hold('**/api/orders**')
    await stage.open('records/index')
    await stage.page.locator('.skeleton').waitFor()
  },
  'records-empty': async (stage) => {
    await stage.open('records/index', 'nobody-yet')
    await stage.page.locator('#go-tip').waitFor()
  },
  'record-paid': atRecord(/8\.00|5\.00/),
  'record-open': atRecord(/50\.00/),
  'record-refunded': async (stage) => {
    await stage.change(withRefunds)
    await atRecord(/20\.00/)(stage)
  },
  'record-gone': async (stage) => {
    await stage.open(`record/index?orderId=${'0'.repeat(32)}`)
    await stage.page.locator('.notice').waitFor()
  },
  wall: async (stage) => {
    await stage.open('wall/index?creator=default')
    await stage.page.locator('.supporter').first().waitFor()
  },
  'wall-empty': async (stage) => {
    await stage.open('wall/index?creator=newcomer')
    await stage.page.locator('.notice').waitFor()
  },
  ranking: async (stage) => {
    await SCENES.wall(stage)
    await stage.page.locator('#view-ranking').tap()
    await stage.page.locator('.ranked').first().waitFor()
  },
} as const satisfies Record<string, Scene>
