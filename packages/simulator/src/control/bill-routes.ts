import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import { downloadBill } from '../bills/download.ts'
import { downloadFundFlow } from '../bills/fund-flow.ts'
import { createFaults } from '../faults.ts'
import { Refusal } from '../pay-v2/errors.ts'
import type { Platform } from '../platform.ts'
import { BillQuery, type BillKind } from './schemas.ts'

/** `GET /_sim/bills`: what a merchant would get on a good day, for who has no key to sign with. */
export function billControlRoutes(instance: FastifyInstance, platform: Platform): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()
  // A look must neither meet a fault nor use it up.
  const sound = { ...platform, faults: createFaults() }

  app.get('/_sim/bills', { schema: { querystring: BillQuery } }, (request, reply) => {
    const { day, kind } = request.query
    try {
      const text = billText(sound, { kind, billDate: day.replaceAll('-', '') })
      return reply
        .type('text/plain; charset=utf-8')
        .header('content-disposition', `inline; filename="${day}-${kind}.csv"`)
        .send(text)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return reply.code(404).send({ error: error.hint })
    }
  })
}

interface Asked {
  readonly kind: BillKind
  readonly billDate: string
}

function billText(platform: Platform, { kind, billDate }: Asked): string {
  const day = { bill_date: billDate }
  const pieces =
    kind === 'FUND_FLOW'
      ? downloadFundFlow(platform, { ...day, account_type: 'Basic' }, null)
      : downloadBill(platform, { ...day, bill_type: kind }, null)
  return [...pieces].join('')
}
