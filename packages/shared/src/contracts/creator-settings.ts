import { Type, type Static } from 'typebox'
import { MAX_ORDER_FEN } from '../money.ts'
import { Cursor, NextCursor, Timestamp } from './common.ts'
import { CreatorParams, CreatorSlug } from './creators.ts'
import type { RouteTable } from './route.ts'

const Fen = () => Type.Integer({ minimum: 1, maximum: MAX_ORDER_FEN })
const Line = (maxLength: number) =>
  Type.String({ minLength: 1, maxLength, pattern: '^[^\\u0000-\\u001f\\u007f]+$' })
const OrNull = <Value extends ReturnType<typeof Type.String> | ReturnType<typeof Fen>>(
  value: Value,
) => Type.Union([value, Type.Null()])

export const GoalSettings = Type.Object(
  {
    title: Line(40),
    targetFen: Type.Integer({ minimum: 1, maximum: 1_000_000_000 }),
  },
  { additionalProperties: false },
)

/** What an operator may say of a creator. */
export const CreatorSettings = Type.Object(
  {
    name: Line(32),
    avatarUrl: OrNull(Type.String({ pattern: '^https://[^\\s]+$', maxLength: 500 })),
    about: OrNull(Line(80)),
    presetsFen: Type.Array(Fen(), { minItems: 1, maxItems: 12, uniqueItems: true }),
    minFen: Type.Union([Fen(), Type.Null()], { description: "null: the server's TIP_MIN_FEN" }),
    maxFen: Type.Union([Fen(), Type.Null()], { description: "null: the server's TIP_MAX_FEN" }),
    goal: Type.Union([GoalSettings, Type.Null()], {
      description: 'Another title or target begins to count anew',
    }),
    thanks: OrNull(Line(120)),
    showsAmounts: Type.Boolean(),
  },
  { additionalProperties: false },
)
export type CreatorSettings = Static<typeof CreatorSettings>

export const CreatorView = Type.Object({
  slug: CreatorSlug,
  scene: Type.String({ description: 'For the mini-program code that leads to this creator' }),
  ...CreatorSettings.properties,
  hasOverlayKey: Type.Boolean(),
  retiredAt: Type.Union([Timestamp, Type.Null()], {
    description: 'Since when this creator takes no tips',
  }),
})
export type CreatorView = Static<typeof CreatorView>

export const CreatorListQuery = Type.Object(
  {
    cursor: Type.Optional(Cursor),
  },
  { additionalProperties: false },
)
export type CreatorListQuery = Static<typeof CreatorListQuery>

export const CreatorList = Type.Object({
  creators: Type.Array(CreatorView),
  nextCursor: NextCursor,
})
export type CreatorList = Static<typeof CreatorList>

/** Only slug and name must be said; the rest has a standard. */
export const NewCreatorBody = Type.Object(
  {
    slug: CreatorSlug,
    ...Type.Partial(CreatorSettings).properties,
    name: CreatorSettings.properties.name,
  },
  { additionalProperties: false },
)
export type NewCreatorBody = Static<typeof NewCreatorBody>

export const CreatorChangesBody = Type.Object(Type.Partial(CreatorSettings).properties, {
  additionalProperties: false,
})
export type CreatorChangesBody = Static<typeof CreatorChangesBody>

export const OverlayKeyAnswer = Type.Object({
  overlayUrl: Type.String({ description: 'For OBS; with the key, which is shown this once' }),
})

export const CREATOR_SETTINGS_ROUTES = {
  'POST /api/admin/creators': {
    summary: 'Make a creator; the same again changes nothing',
    access: { scope: 'creators' },
    body: NewCreatorBody,
    answer: CreatorView,
    errors: ['CREATOR_CONFLICT', 'CREATOR_UNSOUND'],
  },
  'GET /api/admin/creators': {
    summary: 'Every creator with all settings, by slug; the retired ones too',
    access: { scope: 'creators' },
    query: CreatorListQuery,
    answer: CreatorList,
    errors: [],
  },
  'GET /api/admin/creators/:slug': {
    summary: 'One creator with all settings',
    access: { scope: 'creators' },
    params: CreatorParams,
    answer: CreatorView,
    errors: ['CREATOR_NOT_FOUND'],
  },
  'POST /api/admin/creators/:slug': {
    summary: 'Change what is named of a creator, and leave the rest',
    access: { scope: 'creators' },
    params: CreatorParams,
    body: CreatorChangesBody,
    answer: CreatorView,
    errors: ['CREATOR_NOT_FOUND', 'CREATOR_CONFIGURED', 'CREATOR_UNSOUND'],
  },
  'POST /api/admin/creators/:slug/retire': {
    summary: 'Take no new tips for a creator, and end the key of the overlay; the wall stays',
    access: { scope: 'creators' },
    params: CreatorParams,
    answer: CreatorView,
    errors: ['CREATOR_NOT_FOUND', 'CREATOR_CONFIGURED'],
  },
  'POST /api/admin/creators/:slug/reinstate': {
    summary: 'Take tips for a retired creator again; an overlay needs a new key',
    access: { scope: 'creators' },
    params: CreatorParams,
    answer: CreatorView,
    errors: ['CREATOR_NOT_FOUND', 'CREATOR_CONFIGURED'],
  },
  'POST /api/admin/creators/:slug/overlay-key': {
    summary: 'Make a new key for the live overlay; the former one is good for nothing any more',
    access: { scope: 'creators' },
    params: CreatorParams,
    answer: OverlayKeyAnswer,
    errors: ['CREATOR_NOT_FOUND', 'CREATOR_RETIRED', 'CREATOR_CONFIGURED'],
  },
} as const satisfies RouteTable
