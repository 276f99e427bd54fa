import type { FastifyInstance, FastifyReply } from 'fastify'
import type { LoginFault } from '../faults.ts'
import { recordCall, type Platform } from '../platform.ts'
import { code2Session, loginError, type Code2SessionQuery } from './code2session.ts'

const LOGIN_PATH = '/sns/jscode2session'

/** WeChat answers JSON as `text/plain`. */
function send(reply: FastifyReply, answer: object): FastifyReply {
  return reply.type('text/plain').send(JSON.stringify(answer))
}

const FAULTY_ANSWERS = {
  timeout_before: (reply) => reply.hijack(),
  http_500: (reply) => reply.code(500).type('text/html').send('<html>500</html>'),
  busy: (reply, platform) => send(reply, loginError(platform, 'busy')),
  risk: (reply, platform) => send(reply, loginError(platform, 'risk')),
  too_often: (reply, platform) => send(reply, loginError(platform, 'too_often')),
} as const satisfies Record<LoginFault, (reply: FastifyReply, platform: Platform) => FastifyReply>

/** The calls of api.weixin.qq.com. */
export function miniProgramRoutes(app: FastifyInstance, platform: Platform): void {
  app.get<{ Querystring: Code2SessionQuery }>(LOGIN_PATH, (request, reply) => {
    const fault = platform.faults.take('jscode2session')
    if (fault !== null) {
      record(platform, fault)
      return FAULTY_ANSWERS[fault](reply, platform)
    }
    const answer = code2Session(platform, request.query)
    record(platform, 'errmsg' in answer ? answer.errmsg : 'OK')
    return send(reply, answer)
  })
}

function record(platform: Platform, result: string): void {
  recordCall(platform, { api: 'jscode2session', outTradeNo: null, result, hint: null })
}
