import { Type, type Static } from 'typebox'
import { CREATOR_SLUG_PATTERN, DEFAULT_CREATOR } from '../creator-link.ts'
import { AmountFen, Cursor, NextCursor, Timestamp } from './common.ts'
import type { RouteTable } from './route.ts'

export const CreatorSlug = Type.String({
  pattern: CREATOR_SLUG_PATTERN,
  description: `Who is tipped; \`${DEFAULT_CREATOR}\` for whoever names nobody`,
})

export const CreatorParams = Type.Object({ slug: CreatorSlug }, { additionalProperties: false })

/** One tip as everybody may see it. It names no order and no person but by the name they chose. */
export const Supporter = Type.Object({
  id: Type.String({ description: 'Of this tip among those of its creator; for lists' }),
  name: Type.Union([Type.String(), Type.Null()], {
    description: 'As they chose it; null for whoever is anonymous or gave no name',
  }),
  amountFen: Type.Union([AmountFen, Type.Null()], {
    description: 'Less refunds; null when the creator does not show amounts',
  }),
  message: Type.Union([Type.String(), Type.Null()]),
  paidAt: Timestamp,
})
export type Supporter = Static<typeof Supporter>

export const CreatorGoal = Type.Object({
  title: Type.String(),
  targetFen: AmountFen,
  raisedFen: Type.Integer({ description: 'Since the goal was set, less refunds; may be more' }),
})
export type CreatorGoal = Static<typeof CreatorGoal>

export const CreatorPage = Type.Object({
  slug: CreatorSlug,
  name: Type.String(),
  isRetired: Type.Boolean({ description: 'Takes no tips any more; the wall stays' }),
  avatarUrl: Type.Union([Type.String(), Type.Null()]),
  about: Type.Union([Type.String(), Type.Null()], { description: 'A line about the work' }),
  presetsFen: Type.Array(AmountFen, { description: 'Ascending, within the limits' }),
  minFen: AmountFen,
  maxFen: AmountFen,
  goal: Type.Union([CreatorGoal, Type.Null()]),
  supporterCount: Type.Integer({ description: 'People, the anonymous ones too' }),
  latestSupporters: Type.Array(Supporter, { description: 'Newest first, at most ten' }),
  thanks: Type.Union([Type.String(), Type.Null()], {
    description: "The creator's words to whoever has tipped",
  }),
  showsAmounts: Type.Boolean({ description: 'Whether everybody sees who gave how much' }),
  messageMaxLength: Type.Integer({ description: 'In characters (code points)' }),
  nameMaxLength: Type.Integer({ description: 'In characters (code points)' }),
})
export type CreatorPage = Static<typeof CreatorPage>

export const SupporterListQuery = Type.Object(
  {
    cursor: Type.Optional(Cursor),
  },
  { additionalProperties: false },
)

export const SupporterList = Type.Object({
  supporters: Type.Array(Supporter),
  nextCursor: NextCursor,
})
export type SupporterList = Static<typeof SupporterList>

export const RANKING_PERIODS = ['day', 'week', 'month', 'all'] as const

export const RankingPeriod = Type.Enum([...RANKING_PERIODS])
export type RankingPeriod = Static<typeof RankingPeriod>

export const RankingQuery = Type.Object(
  { period: Type.Enum([...RANKING_PERIODS], { default: 'month' }) },
  { additionalProperties: false },
)

export const RankingEntry = Type.Object({
  rank: Type.Integer({ description: 'Equal amounts share a rank' }),
  name: Type.Union([Type.String(), Type.Null()], {
    description: 'The newest they chose; null for whoever is anonymous or gave no name',
  }),
  amountFen: Type.Union([AmountFen, Type.Null()], {
    description: 'Less refunds; null when the creator does not show amounts',
  }),
  tipCount: Type.Integer(),
})
export type RankingEntry = Static<typeof RankingEntry>

export const Ranking = Type.Object({
  period: RankingPeriod,
  startsAt: Type.Union([Timestamp, Type.Null()], {
    description: 'Midnight in Beijing of the first day; null for all time. A week begins on Monday',
  }),
  entries: Type.Array(RankingEntry, { description: 'The largest first, at most fifty' }),
})
export type Ranking = Static<typeof Ranking>

export const CREATOR_ROUTES = {
  'GET /api/creators/:slug': {
    summary: 'Who can be tipped, with how much, and who has',
    access: 'public',
    params: CreatorParams,
    answer: CreatorPage,
    errors: ['CREATOR_NOT_FOUND'],
  },
  'GET /api/creators/:slug/supporters': {
    summary: "The supporters' wall, newest first",
    access: 'public',
    params: CreatorParams,
    query: SupporterListQuery,
    answer: SupporterList,
    errors: ['CREATOR_NOT_FOUND'],
  },
  'GET /api/creators/:slug/ranking': {
    summary: 'Who gave most, in the time of Beijing',
    access: 'public',
    params: CreatorParams,
    query: RankingQuery,
    answer: Ranking,
    errors: ['CREATOR_NOT_FOUND'],
  },
} as const satisfies RouteTable
