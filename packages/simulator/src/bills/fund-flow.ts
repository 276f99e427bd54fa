import { formatBeijingDateTime } from '@dashang/shared/signing/beijing-time'
import type { Fields } from '@dashang/shared/signing/v2'
import type { V2DownloadFault } from '../fault-table.ts'
import { Refusal } from '../pay-v2/errors.ts'
import type { Platform } from '../platform.ts'
import { billDayOf, rowsOf, type BillDay } from './day.ts'
import { BYTE_ORDER_MARK, chunked, endedLines } from './download.ts'
import { brokenOff } from './faults.ts'
import type { BillRow } from './row.ts'
import { marked, yuan } from './text.ts'

const COLUMNS = [
  '记账时间',
  '微信支付业务单号',
  '资金流水单号',
  '业务名称',
  '业务类型',
  '收支类型',
  '收支金额(元)',
  '账户结余(元)',
  '资金变更提交申请人',
  '备注',
  '业务凭证号',
] as const
const TOTALS = ['资金流水总笔数', '收入笔数', '收入金额', '支出笔数', '支出金额'] as const

/** Whose flow is asked for; all money here goes through the first. */
const ACCOUNT_TYPES = ['Basic', 'Operation', 'Fees'] as const

/** One movement of the merchant's balance. */
export interface Flow {
  readonly at: Date
  /** The payment or the refund. */
  readonly businessId: string
  readonly name: string
  readonly kind: string
  /** Below zero for what goes out. */
  readonly amountFen: number
  readonly balanceFen: number
  readonly voucherId: string
}

/** https://pay.weixin.qq.com/wiki/doc/api/wxa/wxa_api.php?chapter=9_18 */
export function downloadFundFlow(
  platform: Platform,
  fields: Fields,
  fault: V2DownloadFault | null,
): Iterable<string> {
  const { accountType, day } = readFundFlow(fields, platform.clock.now())
  if (accountType !== 'Basic' || flowsOf(platform, day).next().done) {
    throw new Refusal('NO_BILL_EXIST', 'nothing moved on this day')
  }
  return fundFlowText(platform, day, fault)
}

export function readFundFlow(fields: Fields, now: Date) {
  const accountType = ACCOUNT_TYPES.find((known) => known === fields['account_type'])
  if (accountType === undefined) {
    const hint = `account_type is one of ${ACCOUNT_TYPES.join(', ')}`
    throw new Refusal('INVALID_BILL_TYPE', hint, 'invalid account_type')
  }
  return { accountType, day: billDayOf(fields['bill_date'] ?? '', now) }
}

/** The text of the flow of a day, in pieces. */
export function fundFlowText(
  platform: Platform,
  day: BillDay,
  fault: V2DownloadFault | null = null,
): Iterable<string> {
  const lines = endedLines(flowLines(flowsOf(platform, day)), '\r\n')
  const isBroken = fault === 'cut' || fault === 'short'
  return chunked(isBroken ? brokenOff(lines) : lines, BYTE_ORDER_MARK)
}

const BEGINNING = new Date(0)

/** The movements of a day; the balance begins at nothing with the first payment there ever was. */
export function* flowsOf(platform: Platform, day: BillDay): Generator<Flow> {
  let balanceFen = 0
  for (const row of rowsOf(platform, { ...day, startsAt: BEGINNING })) {
    for (const { name, kind, amountFen } of movementsOf(row)) {
      balanceFen += amountFen
      if (row.at < day.startsAt || amountFen === 0) continue
      const businessId = row.kind === 'payment' ? row.transactionId : row.refundId
      const voucherId = row.kind === 'payment' ? row.outTradeNo : row.outRefundNo
      yield { at: row.at, businessId, name, kind, amountFen, balanceFen, voucherId }
    }
  }
}

function movementsOf(row: BillRow): Pick<Flow, 'name' | 'kind' | 'amountFen'>[] {
  const fee = { name: '扣除交易手续费', kind: '扣除交易手续费', amountFen: 0 - row.feeFen }
  if (row.kind === 'payment') return [{ name: '交易', kind: '交易', amountFen: row.paidFen }, fee]
  return [{ name: '退款', kind: '退款', amountFen: 0 - row.refundFen }, fee]
}

function* flowLines(flows: Iterable<Flow>): Generator<string> {
  yield COLUMNS.join(',')
  const sums = { incomeCount: 0, incomeFen: 0, expenseCount: 0, expenseFen: 0 }
  for (const flow of flows) {
    const isIncome = flow.amountFen > 0
    if (isIncome) sums.incomeCount += 1
    else sums.expenseCount += 1
    if (isIncome) sums.incomeFen += flow.amountFen
    else sums.expenseFen -= flow.amountFen
    yield marked(Object.values(cellsOf(flow)))
  }
  yield TOTALS.join(',')
  const { incomeCount, incomeFen, expenseCount, expenseFen } = sums
  yield marked([
    String(incomeCount + expenseCount),
    String(incomeCount),
    yuan(incomeFen),
    String(expenseCount),
    yuan(expenseFen),
  ])
}

function cellsOf(flow: Flow): Record<(typeof COLUMNS)[number], string> {
  return {
    记账时间: formatBeijingDateTime(flow.at),
    微信支付业务单号: flow.businessId,
    资金流水单号: flow.businessId,
    业务名称: flow.name,
    业务类型: flow.kind,
    收支类型: flow.amountFen > 0 ? '收入' : '支出',
    '收支金额(元)': yuan(Math.abs(flow.amountFen)),
    '账户结余(元)': yuan(flow.balanceFen),
    资金变更提交申请人: 'system',
    备注: '',
    业务凭证号: flow.voucherId,
  }
}
