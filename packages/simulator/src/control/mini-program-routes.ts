import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import { issueCode } from '../mini-program/code2session.ts'
import { acceptMessage } from '../mini-program/subscribe-message.ts'
import type { Platform } from '../platform.ts'
import { AcceptMessageBody, CodeBody, TradeManagementBody } from './schemas.ts'

/** What a phone, and the console of the mini-program, do. */
export function miniProgramControlRoutes(instance: FastifyInstance, platform: Platform): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()

  app.post('/_sim/codes', { schema: { body: CodeBody } }, (request) =>
    issueCode(platform, request.body.user),
  )
  app.post('/_sim/message-acceptances', { schema: { body: AcceptMessageBody } }, (request) =>
    acceptMessage(platform, request.body),
  )
  app.post('/_sim/trade-management', { schema: { body: TradeManagementBody } }, (request) => {
    platform.miniProgram.isTradeManaged = request.body.isTradeManaged
    return { isTradeManaged: platform.miniProgram.isTradeManaged }
  })
}
