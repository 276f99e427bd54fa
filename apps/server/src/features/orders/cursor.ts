import { AppError } from '@dashang/shared/errors'

/** Where a page of the list ended: the last order on it. */
export interface Position {
  readonly createdAt: Date
  readonly orderId: string
}

export function encodeCursor({ createdAt, orderId }: Position): string {
  return Buffer.from(`${createdAt.getTime()}:${orderId}`).toString('base64url')
}

export function decodeCursor(cursor: string): Position {
  const text = Buffer.from(cursor, 'base64url').toString()
  const [, time = '', orderId = ''] = /^([0-9]{1,14}):([0-9a-f]{32})$/.exec(text) ?? []
  if (orderId === '') throw new AppError('INVALID_REQUEST', 'the cursor is not one of ours')
  return { createdAt: new Date(Number(time)), orderId }
}
