import { AppError, type ErrorCode } from '@dashang/shared/errors'
import {
  cleanWords,
  countCharacters,
  isPlainText,
  MAX_MESSAGE_CHARACTERS,
  MAX_NAME_CHARACTERS,
} from '@dashang/shared/words'
import type { FastifyBaseLogger } from 'fastify'
import type { MessageState, Order } from '../../generated/prisma/client.ts'
import type { TextVerdict } from '../../wechat/text-check.ts'
import type { OrderDependencies } from './dependencies.ts'

/** What a person says with a tip, as it is kept. */
export type Words = Pick<Order, 'message' | 'displayName' | 'isAnonymous'>

export interface WordsRequest {
  readonly message?: string
  readonly displayName?: string
  readonly isAnonymous?: boolean
}

/** Cleaned and checked; of who wants to be anonymous no name is kept. */
export function readWords({ message, displayName, isAnonymous = false }: WordsRequest): Words {
  const name = read(displayName, MAX_NAME_CHARACTERS, 'NAME_NOT_ALLOWED')
  return {
    message: read(message, MAX_MESSAGE_CHARACTERS, 'MESSAGE_NOT_ALLOWED'),
    displayName: isAnonymous ? null : name,
    isAnonymous,
  }
}

function read(text = '', maxCharacters: number, code: ErrorCode): string | null {
  const words = cleanWords(text)
  if (!isPlainText(words)) throw new AppError(code, 'characters that nobody sees')
  const count = countCharacters(words)
  if (count > maxCharacters) throw new AppError(code, `${count} characters`)
  return words === '' ? null : words
}

/** All that everybody would read of it, in one piece; empty when there is nothing. */
export function textOf({ message, displayName }: Words): string {
  return [displayName, message].filter((part) => part !== null).join('\n')
}

/** What a verdict makes of words; what is risky is refused before there is an order. */
export const STATES = {
  passed: 'shown',
  risky: 'hidden',
  doubtful: 'hidden',
  unknown: 'pending',
} as const satisfies Record<TextVerdict['kind'], MessageState>

/** Whether everybody may see the words of a new order. WeChat being busy stops no tip. */
export async function judge(
  { db, checkText }: OrderDependencies,
  { userId, orderId, words }: { userId: string; orderId: string; words: Words },
  log: FastifyBaseLogger,
): Promise<MessageState> {
  const text = textOf(words)
  if (text === '') return 'none'
  if (checkText === null) return 'shown'
  const { openid } = await db.user.findUniqueOrThrow({ where: { id: userId } })
  const verdict = await checkText({ openid, text })
  log.info({ event: 'words_checked', orderId, verdict })
  if (verdict.kind === 'risky') throw new AppError('MESSAGE_REFUSED', 'risky words')
  return STATES[verdict.kind]
}
