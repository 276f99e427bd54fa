import { Type, type Static } from 'typebox'
import { Cursor, NextCursor, Timestamp } from './common.ts'
import type { RouteTable } from './route.ts'

const CaseState = Type.Enum(['open', 'settled'])

/** Money that does not fit the books. */
export const CaseView = Type.Object({
  caseId: Type.String(),
  kind: Type.String({ description: 'Permanent name of what does not fit' }),
  state: CaseState,
  cause: Type.String({ description: 'Who told of it' }),
  orderId: Type.String({ description: 'As it was told; there may be no such order' }),
  transactionId: Type.Union([Type.String(), Type.Null()]),
  fields: Type.Array(Type.String(), { description: 'Those that differ from the order' }),
  fact: Type.Record(Type.String(), Type.Unknown(), {
    description: 'What WeChat says, without who paid',
  }),
  createdAt: Timestamp,
  settledAt: Type.Union([Timestamp, Type.Null()]),
  settledBy: Type.Union([Type.String(), Type.Null()]),
  reason: Type.Union([Type.String(), Type.Null()], { description: 'Why it was settled' }),
})
export type CaseView = Static<typeof CaseView>

export const CaseList = Type.Object({
  cases: Type.Array(CaseView),
  nextCursor: NextCursor,
})
export type CaseList = Static<typeof CaseList>

export const CaseListQuery = Type.Object(
  {
    state: Type.Enum(['open', 'settled'], { default: 'open' }),
    cursor: Type.Optional(Cursor),
  },
  { additionalProperties: false },
)
export type CaseListQuery = Static<typeof CaseListQuery>

export const CaseParams = Type.Object(
  {
    caseId: Type.String({
      pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$',
      description: 'A UUID, in lower case',
    }),
  },
  { additionalProperties: false },
)

export const SettleCaseBody = Type.Object(
  {
    reason: Type.String({
      minLength: 1,
      maxLength: 500,
      pattern: '^[^\\u0000]*[^\\u0000\\s][^\\u0000]*$',
      description: 'What was found and done, in words',
    }),
  },
  { additionalProperties: false },
)

export const CASE_ROUTES = {
  'GET /api/admin/cases': {
    summary: 'Money that does not fit the books, newest first',
    access: { scope: 'cases' },
    query: CaseListQuery,
    answer: CaseList,
    errors: [],
  },
  'GET /api/admin/cases/:caseId': {
    summary: 'One case',
    access: { scope: 'cases' },
    params: CaseParams,
    answer: CaseView,
    errors: ['CASE_NOT_FOUND'],
  },
  'POST /api/admin/cases/:caseId/settle': {
    summary: 'Say that a case is dealt with, and why; the same words again change nothing',
    access: { scope: 'cases' },
    params: CaseParams,
    body: SettleCaseBody,
    answer: CaseView,
    errors: ['CASE_NOT_FOUND', 'CASE_SETTLED'],
  },
} as const satisfies RouteTable
