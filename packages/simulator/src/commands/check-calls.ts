import type { CallTemplate, Condition, MerchantCalls } from '../conformance/merchant.ts'
import type { CHECK_FLAGS } from './check-flags.ts'
import { UsageError, type Flags } from './flags.ts'

type Name = keyof typeof CHECK_FLAGS
type CheckFlags = Flags<Name>

/** How a server is driven, as the command line says. */
export function callsOf(flags: CheckFlags): MerchantCalls {
  if (!flags.isSet('prepay-url')) throw new UsageError('check needs --prepay-url')
  const headers = headersOf(flags, ['header'])
  const call = callFrom(flags, headers)
  const login = call('login-url', 'POST', 'login-body')
  return {
    prepay: templateOf({
      url: flags.text('prepay-url'),
      method: flags.text('prepay-method'),
      headers,
      body: flags.text('prepay-body'),
    }),
    paymentPath: flags.text('payment-path') || null,
    order: call('order-url', flags.text('order-method')),
    paidWhen: conditionIn(flags, 'paid-when'),
    confirm: call('confirm-url', 'POST'),
    login: login && {
      call: { ...login, headers: JSON_HEADERS },
      tokenPath: flags.text('login-token'),
    },
    refund: refundOf(flags),
    bill: billOf(flags),
  }
}

function refundOf(flags: CheckFlags): MerchantCalls['refund'] {
  const call = callFrom(flags, headersOf(flags, ['header', 'refund-header']))
  const refund = call('refund-url', flags.text('refund-method'), 'refund-body')
  return (
    refund && {
      call: refund,
      state: call('refund-state-url', flags.text('refund-state-method')),
      refundedWhen: conditionIn(flags, 'refunded-when'),
    }
  )
}

function billOf(flags: CheckFlags): MerchantCalls['bill'] {
  const call = callFrom(flags, headersOf(flags, ['header', 'bill-header']))
  const bill = call('bill-url', flags.text('bill-method'), 'bill-body')
  return bill && { call: bill, agreesWhen: conditionIn(flags, 'bill-agrees-when') }
}

/** One call for each address that was given. */
const callFrom =
  (flags: CheckFlags, headers: CallTemplate['headers']) =>
  (urlFlag: Name, method: string, bodyFlag?: Name): CallTemplate | null => {
    const url = flags.text(urlFlag)
    const body = bodyFlag === undefined ? '{}' : flags.text(bodyFlag)
    return url === '' ? null : templateOf({ url, method, headers, body })
  }

const templateOf = (call: CallTemplate): CallTemplate => ({
  ...call,
  body: ['GET', 'HEAD'].includes(call.method) ? null : call.body,
})

function conditionIn(flags: CheckFlags, name: Name): Condition | null {
  const [path = '', values = ''] = flags.text(name).split('=')
  return path === '' ? null : { path, values: values.split(',') }
}

const JSON_HEADERS = { 'content-type': 'application/json' } as const

/** Of several with one name the last counts. */
function headersOf(flags: CheckFlags, names: readonly Name[]): Record<string, string> {
  const given = names.flatMap(flags.list).map((header) => {
    const [name = '', ...value] = header.split(':')
    return [name.toLowerCase(), value.join(':').trim()] as const
  })
  return {
    ...JSON_HEADERS,
    ...(flags.isSet('login-url') && { authorization: 'Bearer {token}' }),
    ...Object.fromEntries(given),
  }
}
