import type { ErrorBody } from '@dashang/shared/contracts/common'
import { writeXml } from '@dashang/shared/signing/xml'
import type { FastifyReply } from 'fastify'
import type { ChannelName } from '../../wechat/channel-names.ts'

/** How WeChat is told that a notification was stored, or why it was not. */
export interface Dialect {
  acknowledge(reply: FastifyReply): FastifyReply
  /** The status is set already. */
  refuse(reply: FastifyReply, error: ErrorBody): FastifyReply
}

const ACKNOWLEDGED = writeXml({ return_code: 'SUCCESS', return_msg: 'OK' })

const DIALECTS = {
  v2: {
    acknowledge: (reply) => reply.type('text/xml').send(ACKNOWLEDGED),
    refuse(reply, { code, detail }) {
      const body = writeXml({ return_code: 'FAIL', return_msg: `${code}: ${detail}` })
      return reply.type('text/xml').send(body)
    },
  },
  // https://pay.weixin.qq.com/doc/v3/merchant/4012791861
  v3: {
    acknowledge: (reply) => reply.code(204).send(),
    refuse: (reply, { code, detail }) =>
      reply.send({ code: 'FAIL', message: `${code}: ${detail}` }),
  },
} as const satisfies Record<ChannelName, Dialect>

/** WeChat sends notices of refunds as the XML of API v2 to whoever never named an address for them. */
export function dialectOf(channel: ChannelName, body: Uint8Array | null): Dialect {
  return DIALECTS[body?.[0] === LESS_THAN ? 'v2' : channel]
}

const LESS_THAN = 0x3c
