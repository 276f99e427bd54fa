import { Type, type Static } from 'typebox'
import { Timestamp } from './common.ts'
import type { RouteTable } from './route.ts'

export const LoginBody = Type.Object(
  { code: Type.String({ minLength: 1, maxLength: 128, description: 'From wx.login; one use' }) },
  { additionalProperties: false },
)

export const LoginAnswer = Type.Object({
  token: Type.String({ description: 'Send as `Authorization: Bearer …`' }),
  expiresAt: Timestamp,
})
export type LoginAnswer = Static<typeof LoginAnswer>

export const LOGIN_ROUTES = {
  'POST /api/login': {
    summary: 'Exchange a code of wx.login for a session',
    access: 'public',
    body: LoginBody,
    answer: LoginAnswer,
    errors: [
      'LOGIN_CODE_INVALID',
      'LOGIN_CODE_USED',
      'LOGIN_REFUSED',
      'LOGIN_TOO_OFTEN',
      'WECHAT_BUSY',
      'WECHAT_TIMEOUT',
      'WECHAT_REFUSED',
    ],
  },
} as const satisfies RouteTable
