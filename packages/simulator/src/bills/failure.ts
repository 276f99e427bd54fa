import type { Fields } from '@dashang/shared/signing/v2'
import { ERRORS, type Refusal, type V2Error } from '../pay-v2/errors.ts'

interface Description {
  readonly level: string
  readonly message: string
  readonly errorCode?: string
}

const describe = (code: V2Error): Description => ERRORS[code]

/** The bill has words of its own for what every call refuses. */
const BILL_WORDS: Partial<Record<V2Error, string>> = {
  LACK_PARAMS: 'missing parameter',
  SIGNERROR: 'SIGN ERROR',
}

export function billFailure({ code }: Refusal): Fields {
  const { level, message, errorCode = '20001' } = describe(code)
  return {
    return_code: 'FAIL',
    return_msg: level === 'bill' ? message : (BILL_WORDS[code] ?? 'data format error'),
    error_code: errorCode,
  }
}

const FUND_FLOW_CODES: Partial<Record<V2Error, string>> = {
  INVALID_BILL_DATE: 'PARAM_ERROR',
  INVALID_BILL_TYPE: 'PARAM_ERROR',
  BILL_SYSTEM_ERROR: 'SYSTEMERROR',
  BILL_NO_AUTH: 'NOAUTH',
}

export function fundFlowFailure({ code, message }: Refusal): Fields {
  if (describe(code).level === 'return') {
    return { return_code: 'FAIL', return_msg: message }
  }
  return {
    return_code: 'SUCCESS',
    return_msg: 'OK',
    result_code: 'FAIL',
    err_code: FUND_FLOW_CODES[code] ?? code,
    err_code_des: message,
  }
}
