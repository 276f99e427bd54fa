import type { LoginAnswer } from '@dashang/shared/contracts/login'
import type { Database } from '../../db/database.ts'
import type { MiniProgram } from '../../wechat/code2session.ts'
import type { Sessions } from './sessions.ts'

export interface LoginDependencies {
  readonly db: Database
  readonly miniProgram: MiniProgram
  readonly sessions: Sessions
  readonly now: () => Date
}

export interface Login {
  /** Finds or makes the user behind a code of `wx.login`, and opens a session. */
  login(code: string): Promise<LoginAnswer & { userId: string }>
}

export function createLogin({ db, miniProgram, sessions, now }: LoginDependencies): Login {
  return {
    async login(code) {
      const { openid, unionid } = await miniProgram.code2Session(code)
      const { appid } = miniProgram
      const at = now()
      const { id: userId } = await db.user.upsert({
        where: { appid_openid: { appid, openid } },
        create: { appid, openid, unionid, createdAt: at, lastLoginAt: at },
        update: { lastLoginAt: at, ...(unionid !== null && { unionid }) },
      })
      const { token, expiresAt } = await sessions.issue(userId, at)
      return { userId, token, expiresAt: expiresAt.toISOString() }
    },
  }
}
