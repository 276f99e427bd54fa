import { createHash, randomBytes, randomInt } from 'node:crypto'
import { formatBeijingTime } from '@dashang/shared/signing/beijing-time'

/** The same user of the same mini-program has the same openid after every restart. */
export function openidOf(appid: string, user: string): string {
  return `o${createHash('sha256').update(`${appid}\n${user}`).digest('base64url').slice(0, 27)}`
}

export const newLoginCode = () => `0${randomBytes(15).toString('hex').toUpperCase()}w`
export const newNonce = () => randomBytes(16).toString('hex')
export const newSessionKey = () => randomBytes(16).toString('base64')

/** 36 characters: `wx`, the day of the month and the time, and 26 hex characters. */
export const newPrepayId = (at: Date) =>
  `wx${formatBeijingTime(at).slice(6)}${randomBytes(13).toString('hex')}`

/** 28 digits that begin with 42000. */
export const newTransactionId = (at: Date) =>
  `42000${digits(5)}${formatBeijingTime(at).slice(0, 8)}${digits(10)}`

/** 29 digits that begin with 5. */
export const newRefundId = (at: Date) =>
  `5${digits(7)}${formatBeijingTime(at).slice(0, 8)}${digits(13)}`

/** Well-formed, and nobody's: what the faults speak of. */
export const STRANGERS = {
  appid: 'wx00000000deadbeef',
  mchid: '1999999999',
  openid: 'oAnotherPayer00000000000000A',
  outTradeNo: 'f'.repeat(32),
  outRefundNo: 'e'.repeat(32),
  transactionId: `42000${'9'.repeat(23)}`,
  refundId: `5${'9'.repeat(28)}`,
} as const

/** The tail that WeChat puts behind every error message of the mini-program API. */
export const newRid = () => [4, 4, 4].map((bytes) => randomBytes(bytes).toString('hex')).join('-')

function digits(count: number): string {
  return Array.from({ length: count }, () => randomInt(10)).join('')
}
