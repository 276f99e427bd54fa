import { API, type ApiAnswer, type ApiRoute } from '@dashang/shared/contracts/api'
import { ERRORS, type ErrorCode } from '@dashang/shared/errors'

/** What came to the server. */
export interface Asked {
  readonly route: ApiRoute
  readonly path: string
  readonly body: unknown
  readonly token: string | null
}

type Answerer = (asked: Asked) => unknown

/** `offline` is a request that gets lost. */
type Refusal = ErrorCode | 'offline'

class Refused extends Error {
  readonly code: Refusal

  constructor(code: Refusal) {
    super(code)
    this.code = code
  }
}

/** Our server as a test describes it: an answer by route, or a refusal by its code. */
export interface TestServer {
  readonly asked: readonly Asked[]
  /** What a test had no answer to: a mistake of the test. */
  readonly unanswered: readonly string[]
  answer<Route extends ApiRoute>(route: Route, answer: ApiAnswer<Route>): void
  /** Answers by what was asked. */
  answerWith<Route extends ApiRoute>(route: Route, by: (asked: Asked) => ApiAnswer<Route>): void
  refuse(route: ApiRoute, code: Refusal): void
  /** Lets whoever asks wait, until the answer that is there then is let go. */
  hold(route: ApiRoute): () => void
  /** From now on the sessions that there are have ended. */
  endSessions(): void
  /** The paths of what was asked of a route. */
  pathsOf(route: ApiRoute): readonly string[]
  receive(method: string, path: string, rest: Pick<Asked, 'body' | 'token'>): Promise<Answer>
}

interface Answer {
  readonly statusCode: number
  readonly data: unknown
}

export function createServer(): TestServer {
  const asked: Asked[] = []
  const unanswered: string[] = []
  const answerers = new Map<ApiRoute, Answerer>()
  const held = new Map<ApiRoute, Promise<void>>()
  let logins = 0
  let endedLogins = 0

  answerers.set('POST /api/login', () => {
    logins += 1
    return { token: String(logins), expiresAt: '2026-01-01T02:00:00.000Z' }
  })

  function answerOf(one: Asked): unknown {
    const isPublic = API[one.route].access === 'public'
    if (!isPublic && !(Number(one.token) > endedLogins)) throw new Refused('UNAUTHENTICATED')
    const answerer = answerers.get(one.route)
    if (answerer !== undefined) return answerer(one)
    unanswered.push(one.path)
    throw new Refused('INTERNAL')
  }

  return {
    asked,
    unanswered,
    answer: (route, answer) => answerers.set(route, () => answer),
    answerWith: (route, by) => answerers.set(route, by),
    refuse: (route, code) =>
      answerers.set(route, () => {
        throw new Refused(code)
      }),
    hold(route) {
      let letGo: () => void = () => undefined
      const gate = new Promise<void>((resolve) => {
        letGo = resolve
      })
      held.set(route, gate)
      return () => {
        held.delete(route)
        letGo()
      }
    },
    endSessions: () => {
      endedLogins = logins
    },
    pathsOf: (route) => asked.filter((one) => one.route === route).map(({ path }) => path),
    async receive(method, path, rest) {
      const route = routeOf(method, path)
      if (route === undefined) return refusal('ROUTE_NOT_FOUND')
      const one = { route, path, ...rest }
      asked.push(one)
      await held.get(one.route)
      try {
        return { statusCode: 200, data: answerOf(one) }
      } catch (error) {
        if (!(error instanceof Refused) || error.code === 'offline') throw error
        return refusal(error.code)
      }
    },
  }
}

const ROUTES = (Object.keys(API) as ApiRoute[]).map((route) => {
  const [method = '', path = ''] = route.split(' ')
  return { route, method, pattern: new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`) }
})

function routeOf(method: string, path: string): ApiRoute | undefined {
  const [pathname = ''] = path.split('?')
  return ROUTES.find((one) => one.method === method && one.pattern.test(pathname))?.route
}

const refusal = (code: ErrorCode): Answer => ({
  statusCode: ERRORS[code].status,
  data: { code },
})
