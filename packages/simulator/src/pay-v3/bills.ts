import { createHash } from 'node:crypto'
import { billDayOf } from '../bills/day.ts'
import { billText, orderBill } from '../bills/download.ts'
import { flowsOf, fundFlowText } from '../bills/fund-flow.ts'
import { Refusal as V2Refusal, type V2Error } from '../pay-v2/errors.ts'
import type { BillTicket, Platform } from '../platform.ts'
import type { V3Error } from './errors.ts'
import { Refusal } from './refusal.ts'
import type { Call } from './gateway.ts'
import { QUERY } from './places.ts'
import { FundFlowQuery, TradeBillQuery } from './schemas.ts'

export const DOWNLOAD_PATH = '/v3/billdownload/file'
const MAX_TICKETS = 1000
const TOKEN_BYTES = 48

/** https://pay.weixin.qq.com/doc/v3/merchant/4013071235 */
export function tradeBill(platform: Platform, call: Call): object {
  const { day, type, form } = readTradeBill(call)
  const order = inWordsOfV3(() => orderBill(platform, type, day))
  const text: BillTicket['text'] = (fault) => billText(platform, order, fault)
  return issue(platform, call, { text, form })
}

/** All money here goes through BASIC. https://pay.weixin.qq.com/doc/v3/merchant/4013071237 */
export function fundFlowBill(platform: Platform, call: Call): object {
  const { day, account, form } = readFundFlow(call)
  if (account !== 'BASIC' || flowsOf(platform, day).next().done) {
    throw new Refusal('NO_STATEMENT_EXIST', 'nothing moved on this day')
  }
  const text: BillTicket['text'] = (fault) => fundFlowText(platform, day, fault)
  return issue(platform, call, { text, form })
}

export function readTradeBill({ query, now }: Call) {
  const { bill_date: date, bill_type: type, tar_type: tarType } = TradeBillQuery.read(query, QUERY)
  return { day: dayOf(date, now), type: type ?? 'ALL', form: formOf(tarType) }
}

export function readFundFlow({ query, now }: Call) {
  const asked = FundFlowQuery.read(query, QUERY)
  const { bill_date: date, account_type: account, tar_type: tarType } = asked
  return { day: dayOf(date, now), account: account ?? 'BASIC', form: formOf(tarType) }
}

/** v2 has the date as `yyyyMMdd`. */
const dayOf = (date: string, now: Date) =>
  inWordsOfV3(() => billDayOf(date.replaceAll('-', ''), now))
const formOf = (tarType: 'GZIP' | undefined): BillTicket['form'] =>
  tarType === 'GZIP' ? 'gzip' : 'plain'

function issue(
  platform: Platform,
  { mchid, origin }: Call,
  { text, form }: Pick<BillTicket, 'text' | 'form'>,
): object {
  const token = platform.random.bytes(TOKEN_BYTES).toString('base64url')
  const { billTickets, clock } = platform
  billTickets.set(token, { mchid, issuedAt: clock.now(), form, text })
  const [oldest] = billTickets.keys()
  if (billTickets.size > MAX_TICKETS && oldest !== undefined) billTickets.delete(oldest)
  return {
    hash_type: 'SHA1',
    hash_value: hashOf(text(null)),
    download_url: `${origin}${DOWNLOAD_PATH}?token=${token}`,
  }
}

/** Over the file as it is before compression. */
function hashOf(text: Iterable<string>): string {
  const hash = createHash('sha1')
  for (const piece of text) hash.update(piece)
  return hash.digest('hex')
}

const REFUSALS: Partial<Record<V2Error, V3Error>> = {
  INVALID_BILL_DATE: 'BILL_DATE',
  BILL_CREATING: 'STATEMENT_CREATING',
  NO_BILL_EXIST: 'NO_STATEMENT_EXIST',
}

/** A bill is the same whoever asks; what is wrong with the asking has other names. */
function inWordsOfV3<T>(ask: () => T): T {
  try {
    return ask()
  } catch (error) {
    const said = error instanceof V2Refusal ? REFUSALS[error.code] : undefined
    if (!(error instanceof V2Refusal) || said === undefined) throw error
    throw new Refusal(said, error.hint)
  }
}
