import type { Fields } from '@dashang/shared/signing/v2'
import type { V2DownloadFault } from '../fault-table.ts'
import type { Refusal } from '../pay-v2/errors.ts'
import { DOWNLOAD_BILL_FIELDS, DOWNLOAD_FUND_FLOW_FIELDS } from '../pay-v2/fields.ts'
import type { RequestRules } from '../pay-v2/gateway.ts'
import type { Platform } from '../platform.ts'
import { downloadBill, readBill } from './download.ts'
import { billFailure, fundFlowFailure } from './failure.ts'
import { downloadFundFlow, readFundFlow } from './fund-flow.ts'

interface Download extends RequestRules {
  readonly path: string
  readonly text: (
    platform: Platform,
    fields: Fields,
    fault: V2DownloadFault | null,
  ) => Iterable<string>
  readonly failure: (refusal: Refusal) => Fields
}

/** The calls of API v2 that are answered with a file. */
export const DOWNLOADS = {
  downloadbill: {
    path: '/pay/downloadbill',
    fields: DOWNLOAD_BILL_FIELDS,
    needsCertificate: false,
    check: readBill,
    text: downloadBill,
    failure: billFailure,
  },
  downloadfundflow: {
    path: '/pay/downloadfundflow',
    fields: DOWNLOAD_FUND_FLOW_FIELDS,
    needsCertificate: true,
    check: readFundFlow,
    text: downloadFundFlow,
    failure: fundFlowFailure,
  },
} as const satisfies Record<string, Download>
