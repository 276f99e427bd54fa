import type { SignatureFacts } from '../signatures/compare.ts'

export const PREFIX = 'prepay_id='

const NAMES = ['timeStamp', 'nonceStr', 'package', 'signType', 'paySign'] as const
const MAX_LENGTHS = { nonceStr: 32, package: 128 } as const

/** What the client is told, and what a developer should know. */
export type Problem = readonly [text: string, hint: string, signature?: SignatureFacts | null]

export type PaymentTexts = Readonly<Record<(typeof NAMES)[number], string>>

/** A script may hand over anything, as a mini-program does. */
export type PaymentOptions = Readonly<Partial<Record<(typeof NAMES)[number], unknown>>>

/** All of them as text, once nothing is wrong with their shape. */
export const textsOf = (options: PaymentOptions): PaymentTexts => ({
  timeStamp: String(options.timeStamp),
  nonceStr: String(options.nonceStr),
  package: String(options.package),
  signType: String(options.signType),
  paySign: String(options.paySign),
})

/** Presence, then type, then form, of what `wx.requestPayment` was given. */
export function shapeProblem(options: PaymentOptions): Problem | null {
  const missing = NAMES.find((name) => options[name] === undefined || options[name] === '')
  if (missing !== undefined) return [`缺少参数${missing}`, `${missing} is missing`]
  return typeProblem(options) ?? formProblem(options)
}

function typeProblem(options: PaymentOptions): Problem | null {
  const name = NAMES.find((each) => typeof options[each] !== 'string')
  if (name === undefined) return null
  const type = Object.prototype.toString.call(options[name]).slice('[object '.length, -1)
  return [
    `parameter error: parameter.${name} should be String instead of ${type};`,
    `${name} is text, the time too`,
  ]
}

function formProblem({
  timeStamp,
  nonceStr,
  package: packageText,
}: PaymentOptions): Problem | null {
  if (!/^[0-9]{10}$/.test(String(timeStamp))) {
    return ['timeStamp格式错误', 'timeStamp is Unix seconds as text']
  }
  if (String(nonceStr).length > MAX_LENGTHS.nonceStr) {
    return ['nonceStr参数长度有误', `nonceStr has at most ${MAX_LENGTHS.nonceStr} characters`]
  }
  if (String(packageText).length > MAX_LENGTHS.package) {
    return ['package参数长度有误', `package has at most ${MAX_LENGTHS.package} characters`]
  }
  if (!String(packageText).startsWith(PREFIX)) {
    return ['缺少参数 total_fee', 'package is `prepay_id=` and the prepay_id']
  }
  return null
}
