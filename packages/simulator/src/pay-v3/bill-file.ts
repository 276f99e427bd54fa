import type { FastifyReply } from 'fastify'
import { fileOf, sendFile } from '../bills/send-file.ts'
import { answerInstead, serveCall } from '../call-faults.ts'
import { knownOf } from '../known.ts'
import type { BillTicket, Platform } from '../platform.ts'
import { Refusal } from './refusal.ts'
import { checkCall, checkMethod, refuse, type CallRequest, type RequestRules } from './gateway.ts'
import { DOWNLOAD_PATH } from './bills.ts'
import { QUERY } from './places.ts'
import { DownloadQuery } from './schemas.ts'

const TOKEN_LIFETIME_MS = 5 * 60 * 1000
const API = 'v3_bill_file'

/** The file as it is, without a signature. https://pay.weixin.qq.com/doc/v3/merchant/4013071238 */
export async function sendBillFile(
  platform: Platform,
  request: CallRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const struck = platform.faults.strike(API)
  const about = { api: API, struck }
  const instead = answerInstead(platform, reply, about)
  if (instead !== null) return instead
  try {
    const { form, text } = ticketOf(platform, request)
    if (struck?.fault === 'no_auth') throw new Refusal('NO_AUTH', 'the fault asked for it')
    if (struck?.fault === 'system_error')
      throw new Refusal('SYSTEM_ERROR', 'the fault asked for it')
    const isBroken = struck?.fault === 'cut' || struck?.fault === 'short'
    const file = fileOf(text(isBroken ? 'short' : null), form)
    return await sendFile(platform, reply, { ...about, file })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const refused = { outTradeNo: null, ...refuse(platform, request, error) }
    return serveCall(platform, reply, { ...about, work: () => refused })
  }
}

export const BILL_FILE = {
  method: 'GET',
  path: DOWNLOAD_PATH,
  family: 'other',
  read: ({ query }) => DownloadQuery.read(query, QUERY),
} as const satisfies RequestRules

function ticketOf(platform: Platform, request: CallRequest): BillTicket {
  checkMethod(BILL_FILE, request)
  const call = checkCall(knownOf(platform), BILL_FILE.family, request)
  const { token } = BILL_FILE.read(call)
  const ticket = platform.billTickets.get(token)
  if (ticket === undefined) throw new Refusal('DOWNLOAD_TOKEN', 'nobody was given this token')
  if (ticket.mchid !== call.mchid)
    throw new Refusal('NO_AUTH', `${ticket.mchid} asked for this bill`)
  if (platform.clock.now().getTime() - ticket.issuedAt.getTime() > TOKEN_LIFETIME_MS) {
    throw new Refusal('DOWNLOAD_TOKEN', 'an address lives five minutes')
  }
  return ticket
}
