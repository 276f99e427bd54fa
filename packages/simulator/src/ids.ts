import { createHash } from 'node:crypto'
import { formatBeijingTime } from '@dashang/shared/signing/beijing-time'
import { digits, type Random } from './random.ts'

/** The same user of the same mini-program has the same openid after every restart. */
export function openidOf(appid: string, user: string): string {
  return `o${createHash('sha256').update(`${appid}\n${user}`).digest('base64url').slice(0, 27)}`
}

export const newLoginCode = (random: Random) =>
  `0${random.bytes(15).toString('hex').toUpperCase()}w`
export const newNonce = (random: Random) => random.bytes(16).toString('hex')
export const newSessionKey = (random: Random) => random.bytes(16).toString('base64')

/** 36 characters: `wx`, the day of the month and the time, and 26 hex characters. */
export const newPrepayId = (random: Random, at: Date) =>
  `wx${formatBeijingTime(at).slice(6)}${random.bytes(13).toString('hex')}`

/** 28 digits that begin with 42000. */
export const newTransactionId = (random: Random, at: Date) =>
  `42000${digits(random, 5)}${formatBeijingTime(at).slice(0, 8)}${digits(random, 10)}`

/** 29 digits that begin with 5. */
export const newRefundId = (random: Random, at: Date) =>
  `5${digits(random, 7)}${formatBeijingTime(at).slice(0, 8)}${digits(random, 13)}`

/** A UUID, as real notifications of API v3 have; the manual shows another shape. */
export function newNotificationId(random: Random): string {
  const hex = random.bytes(16).toString('hex')
  const parts = [
    [0, 8],
    [8, 12],
    [12, 16],
    [16, 20],
    [20, 32],
  ] as const
  return parts.map(([from, to]) => hex.slice(from, to)).join('-')
}

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
export const newRid = (random: Random) =>
  [4, 4, 4].map((count) => random.bytes(count).toString('hex')).join('-')
