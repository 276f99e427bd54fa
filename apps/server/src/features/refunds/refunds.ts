import type { RefundList, RefundView } from '@dashang/shared/contracts/refunds'
import { AppError } from '@dashang/shared/errors'
import type { FastifyBaseLogger } from 'fastify'
import { isFinal } from '../../domain/refund.ts'
import type { Refund } from '../../generated/prisma/client.ts'
import type { JobData } from '../../queue/jobs.ts'
import { askOrSend, logAnswer, record, send } from './ask.ts'
import { createRefund, type RefundRequest } from './create-refund.ts'
import type { RefundDependencies } from './dependencies.ts'
import { followUp } from './follow-up.ts'
import { repeatRefund, type RefundRepeat } from './repeat-refund.ts'
import { sweep } from './sweep.ts'
import { viewOf, WITH_EVENTS } from './view.ts'

export interface Refunds {
  /** The answer is the refund as it stands after one try; the rest is done by jobs. */
  request(request: RefundRequest, log: FastifyBaseLogger): Promise<RefundView>
  /** The same for what was paid twice, when WeChat has closed its refund. */
  repeat(repeat: RefundRepeat, log: FastifyBaseLogger): Promise<RefundView>
  list(orderId: string): Promise<RefundList>
  followUp(job: JobData['follow_up_refund'], log: FastifyBaseLogger): Promise<void>
  /** For the job: finds refunds that are followed up no more. */
  sweep(log: FastifyBaseLogger): Promise<void>
}

export function createRefunds(dependencies: RefundDependencies): Refunds {
  return {
    request: (request, log) => requestRefund(dependencies, request, log),
    repeat: (repeat, log) => requestRepeat(dependencies, repeat, log),
    list: (orderId) => listRefunds(dependencies, orderId),
    followUp: (job, log) => followUp(dependencies, job, log),
    sweep: (log) => sweep(dependencies, log),
  }
}

/** Write down, ask WeChat, write down the answer. A repeat of the request asks once more. */
async function requestRefund(
  dependencies: RefundDependencies,
  request: RefundRequest,
  log: FastifyBaseLogger,
): Promise<RefundView> {
  const asked = await createRefund(dependencies, request)
  const { refundId, orderId, operator, amountFen } = request
  const { isNew } = asked
  log.info({ event: 'refund_requested', orderId, refundId, operator, amountFen, isNew })
  return carryOut(dependencies, asked, log)
}

async function requestRepeat(
  dependencies: RefundDependencies,
  repeat: RefundRepeat,
  log: FastifyBaseLogger,
): Promise<RefundView> {
  const asked = await repeatRefund(dependencies, repeat)
  const { orderId, id: refundId } = asked.refund
  const { refundId: insteadOf, operator } = repeat
  log.info({ event: 'refund_repeated', orderId, refundId, insteadOf, operator, isNew: asked.isNew })
  return carryOut(dependencies, asked, log)
}

async function carryOut(
  dependencies: RefundDependencies,
  { refund, isNew }: { refund: Refund; isNew: boolean },
  log: FastifyBaseLogger,
): Promise<RefundView> {
  const { db, now } = dependencies
  if (!isFinal(refund.state)) {
    const answer = isNew ? await send(dependencies, refund) : await askOrSend(dependencies, refund)
    const source = { cause: 'operator', at: now() } as const
    const settlement = await db.$transaction((tx) => record(tx, refund, answer, source))
    logAnswer(log, refund, answer, settlement)
  }
  const where = { id: refund.id }
  return viewOf(await db.refund.findUniqueOrThrow({ where, include: WITH_EVENTS }))
}

async function listRefunds({ db }: RefundDependencies, orderId: string): Promise<RefundList> {
  const order = await db.order.findUnique({
    where: { id: orderId },
    include: { refunds: { include: WITH_EVENTS, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] } },
  })
  if (order === null) throw new AppError('ORDER_NOT_FOUND', 'the refunds of no order')
  return {
    orderId,
    paidFen: order.state === 'paid' ? order.amountFen : 0,
    reservedFen: order.refundReservedFen,
    refunds: order.refunds.map(viewOf),
  }
}
