import type { RankingEntry, RankingPeriod } from '@dashang/shared/contracts/creators'
import { screen } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import WallPage from '../src/pages/wall/index'
import { phone } from './support/phone'
import { NOW, supporter } from './support/samples'
import { control, open, pass, tap, tell, touch, words } from './support/screen'

const SUPPORTERS = 'GET /api/creators/:slug/supporters'
const RANKING = 'GET /api/creators/:slug/ranking'

/** A page without rows under it. */
const NOBODY = { supporters: [], nextCursor: null }

describe('the latest', () => {
  it('are named as they chose, with their words and how much, or without', async () => {
    const supporters = [
      supporter({ id: '4', name: '小鹿', message: '加油', amountFen: 1990 }),
      supporter({ id: '3', name: null, message: null, amountFen: 500 }),
      supporter({ id: '2', name: '阿山', message: '山海见', amountFen: null }),
      supporter({ id: '1', name: null, message: null, amountFen: null }),
    ]
    phone.server.answer(SUPPORTERS, { supporters, nextCursor: null })
    await open(WallPage, { creator: 'shanhai' })
    expect(phone.title.text).toBe('支持者墙')
    expect(control('最新', 'tab').getAttribute('aria-selected')).toBe('true')
    const rows = [
      ...['小鹿5 分钟前加油¥19.90', '匿名的朋友5 分钟前¥5'],
      ...['阿山5 分钟前山海见', '匿名的朋友5 分钟前', '没有更多了'],
    ]
    expect(words()).toContain(rows.join(''))
    expect(phone.server.pathsOf(SUPPORTERS)).toEqual(['/api/creators/shanhai/supporters'])
    expect(phone.server.pathsOf('POST /api/login')).toEqual([])
  })

  it('go on page by page to the end, where nothing more is asked', async () => {
    phone.server.answerWith(SUPPORTERS, ({ path }) =>
      path.includes('cursor=')
        ? { supporters: [supporter({ id: '1', name: '第二页' })], nextCursor: null }
        : { supporters: [supporter({ id: '2', name: '第一页' })], nextCursor: 'a b' },
    )
    await open(WallPage)
    expect(words()).toMatch(/第一页.*加载更多$/)
    expect(words()).not.toContain('正在加载')
    const letGo = phone.server.hold(SUPPORTERS)
    await tell('useReachBottom')
    expect(words()).toContain('正在加载更多…')
    letGo()
    await pass()
    expect(words()).toMatch(/第一页.*第二页.*没有更多了/)
    await tell('useReachBottom')
    expect(phone.server.pathsOf(SUPPORTERS)).toEqual([
      '/api/creators/default/supporters',
      '/api/creators/default/supporters?cursor=a%20b',
    ])
  })

  it('say how long ago as of now: when they are looked at again, and while they are', async () => {
    const timers = ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] as const
    vi.useFakeTimers({ toFake: [...timers], now: NOW })
    phone.server.answer(SUPPORTERS, { supporters: [supporter()], nextCursor: null })
    await open(WallPage)
    expect(words()).toContain('小鹿5 分钟前')
    vi.setSystemTime(NOW.getTime() + 30 * 60_000)
    await tell('usePullDownRefresh')
    expect(words()).toContain('小鹿35 分钟前')
    await pass(60_000)
    expect(words()).toContain('小鹿36 分钟前')
  })

  it('go on by a tap, too, where the bottom was reached before there were rows', async () => {
    phone.server.answer(SUPPORTERS, { supporters: [supporter()], nextCursor: 'next' })
    await open(WallPage)
    phone.server.answer(SUPPORTERS, NOBODY)
    await tap('加载更多')
    expect(words()).toMatch(/小鹿.*没有更多了/)
    expect(phone.server.pathsOf(SUPPORTERS).at(-1)).toContain('cursor=next')
  })

  it('keep the rows that are there when the next page fails, and ask for that page again', async () => {
    phone.server.answer(SUPPORTERS, { supporters: [supporter()], nextCursor: 'next' })
    await open(WallPage)
    phone.server.refuse(SUPPORTERS, 'offline')
    await tell('useReachBottom')
    expect(words()).toMatch(/小鹿.*没有加载出来.*网络连接失败，请检查网络后重试/)
    phone.server.answer(SUPPORTERS, NOBODY)
    await tap('重新加载')
    expect(words()).toMatch(/小鹿.*没有更多了/)
    expect(phone.server.pathsOf(SUPPORTERS).at(-1)).toContain('cursor=next')
  })

  it('show where they will stand, and invite where there are none', async () => {
    phone.server.answer(SUPPORTERS, NOBODY)
    const letGo = phone.server.hold(SUPPORTERS)
    await open(WallPage)
    expect(screen.getByRole('img', { name: '正在加载' })).toBeTruthy()
    expect(words()).not.toContain('还没有人上墙')
    letGo()
    await pass()
    expect(words()).toContain('还没有人上墙第一位支持者会出现在这里')
    phone.server.answer(SUPPORTERS, { supporters: [supporter()], nextCursor: null })
    await tell('usePullDownRefresh')
    expect(words()).toContain('小鹿')
    expect(phone.pullDowns.ended).toBe(1)
  })

  it('say why they did not load, and load on a tap', async () => {
    phone.server.refuse(SUPPORTERS, 'INTERNAL')
    await open(WallPage)
    expect(words()).toContain('没有加载出来服务暂时不可用，请稍后再试')
    phone.server.answer(SUPPORTERS, { supporters: [supporter()], nextCursor: null })
    await tap('重新加载')
    expect(words()).toContain('小鹿')
    expect(words()).not.toContain('没有加载出来')
  })
})

const entry = (change: Partial<RankingEntry> = {}): RankingEntry => ({
  rank: 1,
  name: '小鹿',
  amountFen: 2000,
  tipCount: 3,
  ...change,
})

const PERIODS = { day: '今日第一', week: '本周第一', month: '本月第一', all: '一直第一' } as const

/** In each period another is the first. */
function rankByPeriod(): void {
  phone.server.answerWith(RANKING, ({ path }) => {
    const period = (new URLSearchParams(path.split('?')[1]).get('period') ?? '') as RankingPeriod
    return { period, startsAt: null, entries: [entry({ name: PERIODS[period] })] }
  })
}

async function openRanking(): Promise<void> {
  phone.server.answer(SUPPORTERS, NOBODY)
  await open(WallPage)
  await tap('排行', 'tab')
}

describe('the ranking', () => {
  it('gives each a place, a name and how often, and how much where that is shown', async () => {
    const entries = [
      entry(),
      entry({ name: null, amountFen: 2000, tipCount: 1 }),
      entry({ rank: 3, name: '阿山', amountFen: null, tipCount: 2 }),
    ]
    phone.server.answer(RANKING, { period: 'month', startsAt: null, entries })
    await openRanking()
    expect(words()).toContain('从本月一日起1小鹿3 次¥201匿名的朋友1 次¥203阿山2 次')
    const places = screen.getAllByRole('img').map((place) => place.getAttribute('aria-label'))
    expect(places).toEqual(['第 1 名', '第 1 名', '第 3 名'])
    await tell('useReachBottom')
    expect(phone.server.pathsOf(SUPPORTERS)).toHaveLength(1)
  })

  it('asks anew for each period, and shows that one', async () => {
    rankByPeriod()
    await openRanking()
    expect(words()).toContain('从本月一日起1本月第一')
    for (const [tab, rows] of [
      ['今日', '从今天零点起1今日第一'],
      ['本周', '从周一零点起1本周第一'],
      ['全部', '从第一笔起1一直第一'],
    ] as const) {
      await tap(tab, 'tab')
      expect(control(tab, 'tab').getAttribute('aria-selected')).toBe('true')
      expect(words()).toContain(rows)
      expect(words()).not.toContain('本月第一')
    }
    expect(phone.server.pathsOf(RANKING)).toEqual(
      ['month', 'day', 'week', 'all'].map(
        (period) => `/api/creators/default/ranking?period=${period}`,
      ),
    )
  })

  it('shows nothing of the period before while the next is on its way', async () => {
    rankByPeriod()
    await openRanking()
    const letGo = phone.server.hold(RANKING)
    await tap('今日', 'tab')
    expect(screen.getByRole('img', { name: '正在加载' })).toBeTruthy()
    expect(words()).not.toContain('第一')
    letGo()
    await pass()
    expect(words()).toContain('今日第一')
  })

  it('lets no slow answer replace that of a newer tab', async () => {
    rankByPeriod()
    const letMonthGo = phone.server.hold(RANKING)
    await openRanking()
    const letDayGo = phone.server.hold(RANKING)
    await tap('今日', 'tab')
    letDayGo()
    await pass()
    expect(words()).toContain('从今天零点起1今日第一')
    letMonthGo()
    await pass()
    expect(words()).toContain('从今天零点起1今日第一')
    expect(words()).not.toContain('本月第一')
  })

  it('says that nobody is in it, and looks again on a pull', async () => {
    phone.server.answer(RANKING, { period: 'month', startsAt: null, entries: [] })
    await openRanking()
    expect(words()).toContain('还没有人上墙')
    rankByPeriod()
    await tell('usePullDownRefresh')
    expect(words()).toContain('本月第一')
    expect(phone.pullDowns.ended).toBe(1)
  })

  it('says why it did not load, and loads on a tap; the latest are not touched by that', async () => {
    phone.server.refuse(RANKING, 'RATE_LIMITED')
    await openRanking()
    expect(words()).toContain('没有加载出来操作过于频繁，请稍后再试')
    rankByPeriod()
    touch('重新加载')
    expect(screen.getByRole('img', { name: '正在加载' })).toBeTruthy()
    await pass()
    expect(words()).toContain('本月第一')
    await tap('最新', 'tab')
    expect(words()).toContain('还没有人上墙')
  })
})

describe('of nobody', () => {
  const UNKNOWN = '没有找到这位创作者链接或二维码可能不完整，也可能已经停用去首页看看'

  it('leads to the start, since asking again would not help', async () => {
    phone.server.refuse(SUPPORTERS, 'CREATOR_NOT_FOUND')
    await open(WallPage, { creator: 'nobody' })
    expect(words()).toBe(UNKNOWN)
    await tap('去首页看看')
    expect(phone.opened).toEqual(['/pages/tip/index?creator=default'])
  })

  it('asks nobody where the name can be nobody’s', async () => {
    await open(WallPage, { creator: 'No Such!' })
    expect(words()).toBe(UNKNOWN)
    expect(phone.server.asked).toEqual([])
  })
})

it('is shared as the way to the creator', async () => {
  phone.server.answer(SUPPORTERS, NOBODY)
  await open(WallPage, { creator: 'shanhai' })
  expect(await tell('useShareAppMessage')).toEqual({
    title: '支持者墙',
    path: '/pages/tip/index?creator=shanhai',
  })
})
