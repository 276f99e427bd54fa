import { startSystem, type System } from '../support/system.ts'
import { giveTip, makeCreator, retireCreator } from '../support/tip.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** How long before now the first tip was given. */
const PAST_MS = 3 * DAY_MS

/** Whose tips the scenes of «my tips» show. */
export const REGULAR = 'xiaoyu'

const SETTINGS = {
  // The scenes pay more often than a person does.
  LOGINS_PER_MINUTE: '1000',
  PREPAYS_PER_MINUTE: '1000',
  CREATOR_NAME: '山海拾音',
  CREATOR_ABOUT: '每周一集，把古画讲成声音的播客',
  CREATOR_THANKS: '谢谢你！有你在，我会一直讲下去。下一集是《千里江山图》，周日晚上见。',
  CREATOR_GOAL_TITLE: '换一支好麦克风',
  CREATOR_GOAL_FEN: '100000',
}

/** Who tipped before, the oldest first; `waitMs` is how long nothing happened until then. */
const TIPS = [
  {
    user: 'anran',
    amountFen: 5000,
    waitMs: HOUR_MS,
    displayName: '安然',
    message: '第一集就入坑了',
  },
  { user: 'bob', amountFen: 20_000, waitMs: 4 * HOUR_MS, displayName: 'Bob Zhang' },
  {
    ...{ user: REGULAR, amountFen: 2000, waitMs: 11 * HOUR_MS, displayName: '小雨' },
    message: '《清明上河图》那一期听了三遍，每一遍都能听见新的声音，连桥下的水声都不一样。辛苦了！',
  },
  { user: 'chen', amountFen: 1000, waitMs: 20 * HOUR_MS, isAnonymous: true, message: '加油' },
  { user: 'anran', amountFen: 8800, waitMs: 22 * HOUR_MS, displayName: '安然', message: '支持！' },
  {
    ...{ user: 'dora', amountFen: 6666, waitMs: 10 * HOUR_MS },
    displayName: '住在海边的人一直想去看山',
  },
  {
    user: REGULAR,
    amountFen: 500,
    waitMs: 100 * MINUTE_MS,
    displayName: '小雨',
    message: '等更新',
  },
  { user: 'evan', amountFen: 1000, waitMs: 30 * MINUTE_MS, displayName: '李想' },
] as const

const NEWCOMER = { slug: 'newcomer', name: '正在路上的年轻插画师与她的三只猫和一只狗' }

const RETIRED = { slug: 'retired', name: '灯下书', about: '讲了三百个晚上的睡前故事' }

/** A creator with tips of some days, one whom nobody knows yet, and one who takes no tips any more. */
export async function startWorld(): Promise<System> {
  const system = await startSystem(SETTINGS, new Date(Date.now() - PAST_MS))
  await makeCreator(system, NEWCOMER)
  await makeCreator(system, RETIRED)
  await retireCreator(system, RETIRED.slug)
  await livePast(system)
  return system
}

/** Leaves two of the regular's tips unpaid: one is over by now, one can still be paid. */
async function livePast(system: System): Promise<void> {
  const { clock } = system.simulator
  const endsAt = clock.now().getTime() + PAST_MS
  await giveTip(system, { user: REGULAR, amountFen: 10_000, isPaid: false })
  for (const { waitMs, ...tip } of TIPS) {
    await clock.advance(waitMs)
    await giveTip(system, tip)
  }
  await clock.advance(endsAt - MINUTE_MS - clock.now().getTime())
  await giveTip(system, { user: REGULAR, amountFen: 5000, isPaid: false })
  await clock.advance(MINUTE_MS)
}
