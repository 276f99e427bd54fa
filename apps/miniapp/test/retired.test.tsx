import { screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import TipPage from '../src/pages/tip/index'
import { phone } from './support/phone'
import { CREATOR, sayOfPayment, serve, supporter } from './support/samples'
import { control, kill, open, pass, tap, tell, words } from './support/screen'

const RETIRED = { ...CREATOR, isRetired: true, latestSupporters: [supporter()] }
const SAYS = '不再接受打赏感谢你的心意，收到过的每一份支持都会留在这里'

/** As long as the phone asks by itself before it says what it knows. */
const PATIENTLY_MS = 6000

it('says so, still shows who it is and who has tipped, and has no form', async () => {
  const goal = { title: '换麦克风', targetFen: 10_000, raisedFen: 6850 }
  serve({ ...RETIRED, goal })
  await open(TipPage)
  expect(words()).toContain(SAYS)
  for (const kept of ['山海拾音', '把古画讲成声音的播客', '12 人支持过', '换麦克风']) {
    expect(words()).toContain(kept)
  }
  expect(words()).toContain('小鹿5 分钟前加油¥5')
  for (const role of ['radio', 'textbox', 'switch', 'dialog']) {
    expect(screen.queryByRole(role)).toBeNull()
  }
  expect(screen.queryByRole('button', { name: /打赏 ¥/ })).toBeNull()
  expect(words()).not.toContain('选择金额')
})

it('invites nobody to be the first', async () => {
  serve({ ...RETIRED, supporterCount: 0, latestSupporters: [] })
  await open(TipPage)
  expect(words()).toContain(SAYS)
  expect(words()).not.toContain('做第一个吧')
})

it('leads to the wall and to my tips', async () => {
  serve({ ...RETIRED, slug: 'shanhai' })
  await open(TipPage, { creator: 'shanhai' })
  await tap('支持者墙')
  await tap('我的打赏')
  expect(phone.opened).toEqual(['/pages/wall/index?creator=shanhai', '/pages/records/index'])
})

it('says it in English, too', async () => {
  phone.language = 'en'
  serve(RETIRED)
  await open(TipPage)
  expect(words()).toContain('No more tips here')
  await tap('切换到中文')
  expect(words()).toContain(SAYS)
})

it('keeps a tip in doubt in sight, and thanks for it once it is known to be paid', async () => {
  serve()
  phone.pay = async () => 'requestPayment:ok'
  sayOfPayment('unknown')
  await open(TipPage)
  await tap('打赏 ¥5.00')
  kill()
  serve(RETIRED)
  sayOfPayment('unknown')
  await open(TipPage)
  await pass(PATIENTLY_MS)
  expect(words()).toContain('请不要重复支付')
  await tap('返回')
  expect(words()).toContain(SAYS)
  await tap(/¥5.00 正在等待微信确认/)
  expect(words()).toContain('请不要重复支付')
  sayOfPayment('paid')
  await tap('再查一次')
  expect(words()).toContain('谢谢你的心意¥5.00山海拾音 想对你说我们山海再见')
  await tap('完成')
  expect(words()).toContain(SAYS)
  expect(screen.queryByText(/正在等待微信确认/)).toBeNull()
  expect(phone.cashiers).toHaveLength(1)
})

it('refuses who opened the page before, says why, and then shows no form any more', async () => {
  serve()
  await open(TipPage)
  serve(RETIRED)
  phone.server.refuse('POST /api/prepay', 'CREATOR_RETIRED')
  await tap('打赏 ¥5.00')
  expect(words()).toContain('¥5.00 没有扣款这位创作者已不再接受打赏，感谢你的心意')
  await tap('知道了')
  expect(words()).toContain(SAYS)
  expect(screen.queryByRole('radio')).toBeNull()
})

it('of an earlier link is shown on a pull', async () => {
  serve()
  await open(TipPage)
  expect(control('打赏 ¥5.00')).toBeTruthy()
  serve(RETIRED)
  await tell('usePullDownRefresh')
  expect(words()).toContain(SAYS)
  expect(screen.queryByRole('button', { name: '打赏 ¥5.00' })).toBeNull()
})
