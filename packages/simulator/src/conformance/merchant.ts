import { fillUrl, fill, type Values } from './template.ts'

/** One request to the server that is tested; text in braces is filled in. */
export interface CallTemplate {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
}

/** How a server is driven that we know nothing of. */
export interface MerchantCalls {
  /** What the mini-program sends after `wx.login`, when the other calls need a session. */
  readonly login: { readonly call: CallTemplate; readonly tokenPath: string } | null
  /** Places an order, and answers the parameters of `wx.requestPayment`. */
  readonly prepay: CallTemplate
  /** Where these parameters stand in the answer; found by their names without it. */
  readonly paymentPath: string | null
  /** Answers the state of one order. */
  readonly order: CallTemplate | null
  readonly paidWhen: Condition | null
  /** What the mini-program sends when the cashier has said ok. */
  readonly confirm: CallTemplate | null
  readonly refund: RefundCalls | null
  readonly bill: BillCalls | null
}

/** What stands at a place of an answer when something is so. */
export interface Condition {
  readonly path: string
  readonly values: readonly string[]
}

export interface RefundCalls {
  /** Gives a part or all of an order back. */
  readonly call: CallTemplate
  /** Answers the state of one refund. */
  readonly state: CallTemplate | null
  readonly refundedWhen: Condition | null
}

export interface BillCalls {
  /** Compares the books of a day with WeChat's bill, and answers what came of it. */
  readonly call: CallTemplate
  readonly agreesWhen: Condition | null
}

const TIMEOUT_MS = 15_000
const SHOWN = 300

/** What a call to the server came to; anything but a JSON answer of success is an error. */
export async function callMerchant(template: CallTemplate, values: Values): Promise<unknown> {
  const url = fillUrl(template.url, values)
  const { method } = template
  const headers = Object.entries(template.headers).map(([name, value]): [string, string] => [
    name,
    fill(value, values),
  ])
  const response = await fetch(url, {
    method,
    headers,
    ...(template.body !== null && { body: fill(template.body, values) }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch((cause: unknown) => {
    throw new MerchantError(`${method} ${url} was not answered: ${reasonOf(cause)}`, { cause })
  })
  const text = await response.text()
  if (!response.ok) {
    throw new MerchantError(
      `${method} ${url} answered HTTP ${response.status}: ${text.slice(0, SHOWN)}`,
    )
  }
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new MerchantError(`${method} ${url} answered no JSON: ${text.slice(0, SHOWN)}`, { cause })
  }
}

/** The server did not do what it was asked; the message says what it did. */
export class MerchantError extends Error {
  override readonly name = 'MerchantError'
}

/** What lies beneath «fetch failed». */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? error.cause.message : error.message
}
