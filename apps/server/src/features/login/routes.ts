import type { FastifyInstance } from 'fastify'
import { addRoute } from '../../http/route.ts'
import type { Login } from './login.ts'

interface Options {
  readonly login: Login
  readonly perMinute: number
}

export async function loginRoutes(app: FastifyInstance, options: Options): Promise<void> {
  const { login, perMinute } = options
  addRoute(
    app,
    'POST /api/login',
    async ({ body }, request) => {
      const { userId, ...answer } = await login.login(body.code)
      request.log.info({ event: 'user_logged_in', userId })
      return answer
    },
    { perMinute },
  )
}
