import { MAX_ORDER_FEN } from '@dashang/shared/money'
import { Type, type Static, type TObject } from 'typebox'

const MAX_DESCRIPTION_BYTES = 127

/** Of the creator that the settings describe, who is tipped by whoever names no other. */
export const CREATOR_ENVIRONMENT = {
  CREATOR_NAME: Type.String({ default: '作者', minLength: 1, maxLength: 32 }),
  CREATOR_AVATAR_URL: Type.Optional(Type.String({ pattern: '^https://[^\\s]+$', maxLength: 500 })),
  CREATOR_ABOUT: Type.Optional(Type.String({ maxLength: 80 })),
  CREATOR_THANKS: Type.Optional(Type.String({ maxLength: 120 })),
  CREATOR_GOAL_TITLE: Type.Optional(Type.String({ maxLength: 40 })),
  CREATOR_GOAL_FEN: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000_000 })),
  CREATOR_SHOWS_AMOUNTS: Type.Enum(['on', 'off'], { default: 'on' }),
  /** Opens the live overlay; without it an operator makes one. */
  CREATOR_OVERLAY_KEY: Type.Optional(Type.String({ minLength: 32, pattern: '^[\\w-]+$' })),
  /** What the cashier says the money is for; at most 127 bytes, three for a Chinese character. */
  TIP_DESCRIPTION: Type.String({ default: '打赏', minLength: 1 }),
  TIP_MIN_FEN: Type.Integer({ default: 1, minimum: 1, maximum: MAX_ORDER_FEN }),
  TIP_MAX_FEN: Type.Integer({ default: 50_000, minimum: 1, maximum: MAX_ORDER_FEN }),
  /** Those within the limits are offered. */
  TIP_PRESETS_FEN: Type.String({
    default: '100,500,1000,2000,5000,10000',
    pattern: '^[1-9][0-9]{0,6}(,[1-9][0-9]{0,6}){0,11}$',
  }),
} as const

export type CreatorEnvironment = Static<TObject<typeof CREATOR_ENVIRONMENT>>

export const presetsOf = ({ TIP_PRESETS_FEN }: CreatorEnvironment): number[] => [
  ...new Set(TIP_PRESETS_FEN.split(',').map(Number)),
]

/** What a schema cannot say. */
export function creatorProblems(config: CreatorEnvironment): string[] {
  const { CREATOR_GOAL_TITLE: title, CREATOR_GOAL_FEN: targetFen } = config
  const rules: [isBroken: boolean, problem: string][] = [
    [
      Buffer.byteLength(config.TIP_DESCRIPTION) > MAX_DESCRIPTION_BYTES,
      `TIP_DESCRIPTION: has more than ${MAX_DESCRIPTION_BYTES} bytes of UTF-8`,
    ],
    [config.TIP_MIN_FEN > config.TIP_MAX_FEN, 'TIP_MIN_FEN: is more than TIP_MAX_FEN'],
    [
      (title === undefined) !== (targetFen === undefined),
      'CREATOR_GOAL_TITLE, CREATOR_GOAL_FEN: a goal needs both',
    ],
  ]
  return rules.filter(([isBroken]) => isBroken).map(([, problem]) => problem)
}
