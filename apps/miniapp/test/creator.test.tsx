import { screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import TipPage from '../src/pages/tip/index'
import { phone } from './support/phone'
import { CREATOR, serve, supporter } from './support/samples'
import { open, pass, tap, tell, words } from './support/screen'

it('shows where everything will stand while it loads, and then who is tipped', async () => {
  serve()
  const letGo = phone.server.hold('GET /api/creators/:slug')
  await open(TipPage)
  expect(screen.getByRole('img', { name: '正在加载' })).toBeTruthy()
  expect(words()).toBe('')
  letGo()
  await pass()
  expect(screen.queryByRole('img', { name: '正在加载' })).toBeNull()
  expect(words()).toContain('山海拾音')
  expect(words()).toContain('把古画讲成声音的播客')
  expect(words()).toContain('12 人支持过')
})

it('invites to be the first where nobody has tipped', async () => {
  serve({ ...CREATOR, supporterCount: 0 })
  await open(TipPage)
  expect(words()).toContain('还没有人打赏，做第一个吧')
  expect(words()).not.toContain('最近的支持')
})

it('shows how far the goal is, and that it is reached', async () => {
  serve({ ...CREATOR, goal: { title: '换麦克风', targetFen: 10_000, raisedFen: 6850 } })
  await open(TipPage)
  expect(screen.getByRole('img', { name: '换麦克风 已筹 ¥68.50 / 目标 ¥100.00' })).toBeTruthy()
  expect(words()).toContain('68%')
  serve({ ...CREATOR, goal: { title: '换麦克风', targetFen: 10_000, raisedFen: 10_000 } })
  await tell('usePullDownRefresh')
  expect(words()).toContain('目标达成')
  expect(phone.pullDowns.ended).toBe(1)
})

it('shows the latest three supporters, and leads to all of them', async () => {
  const latestSupporters = [
    supporter({ id: '4', name: '小鹿', message: '加油', amountFen: 500 }),
    supporter({ id: '3', name: null, message: null, amountFen: null }),
    supporter({ id: '2', name: '阿山' }),
    supporter({ id: '1', name: '第四位' }),
  ]
  serve({ ...CREATOR, latestSupporters })
  await open(TipPage)
  expect(words()).toContain('小鹿5 分钟前加油¥5')
  expect(words()).toContain('匿名的朋友5 分钟前阿山')
  expect(words()).not.toContain('第四位')
  await tap('支持者墙')
  expect(phone.opened).toEqual(['/pages/wall/index?creator=default'])
})

describe('a page without a creator', () => {
  it.each([
    ['of a name that nobody has', { creator: 'nobody' }],
    ['of a name that nobody can have', { creator: 'No Such!' }],
  ])('%s says so, and leads to the start', async (_, params) => {
    phone.server.refuse('GET /api/creators/:slug', 'CREATOR_NOT_FOUND')
    await open(TipPage, params)
    expect(words()).toContain('没有找到这位创作者')
    await tap('去首页看看')
    expect(phone.opened).toEqual(['/pages/tip/index?creator=default'])
  })

  it.each([
    ['offline', '网络连接失败，请检查网络后重试'],
    ['INTERNAL', '服务暂时不可用，请稍后再试'],
    ['RATE_LIMITED', '操作过于频繁，请稍后再试'],
  ] as const)('because of %s says what is the matter, and loads again', async (code, reason) => {
    phone.server.refuse('GET /api/creators/:slug', code)
    await open(TipPage)
    expect(words()).toContain('没有加载出来')
    expect(words()).toContain(reason)
    serve()
    await tap('重新加载')
    expect(words()).toContain('山海拾音')
  })

  it('is not what a failed refresh leaves: what is known stays', async () => {
    serve()
    await open(TipPage)
    phone.server.refuse('GET /api/creators/:slug', 'INTERNAL')
    await tell('usePullDownRefresh')
    expect(words()).toContain('山海拾音')
    expect(phone.pullDowns.ended).toBe(1)
  })
})

describe('the language', () => {
  it('is that of the phone, and the other one on a tap, from then on', async () => {
    phone.language = 'en'
    serve()
    await open(TipPage)
    expect(words()).toContain('12 supporters')
    expect(words()).toContain('Choose an amount')
    expect(phone.title.text).toBe('Tip')
    await tap('切换到中文')
    expect(words()).toContain('选择金额')
    expect(phone.title.text).toBe('打赏')
    expect(phone.storage.get('language')).toEqual({ language: 'zh' })
  })
})

it('is shared as a page to look at, by who has not tipped', async () => {
  serve()
  await open(TipPage)
  expect(await tell('useShareAppMessage')).toEqual({
    title: '喜欢山海拾音的作品？来打赏支持一下吧',
    path: '/pages/tip/index?creator=default',
  })
})

it('tells a screen reader which amount is chosen', async () => {
  serve()
  await open(TipPage)
  const chosen = screen.getAllByRole('radio', { checked: true })
  expect(chosen.map((radio) => radio.getAttribute('aria-label'))).toEqual(['¥5.00'])
})
