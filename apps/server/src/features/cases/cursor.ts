import { AppError } from '@dashang/shared/errors'

/** Where a page of the list ended: the last case on it. */
export interface Position {
  readonly createdAt: Date
  readonly id: string
}

export function encodeCursor({ createdAt, id }: Position): string {
  return Buffer.from(`${createdAt.getTime()}:${id}`).toString('base64url')
}

export function decodeCursor(cursor: string): Position {
  const text = Buffer.from(cursor, 'base64url').toString()
  const pattern = /^([0-9]{1,14}):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/
  const [, time = '', id = ''] = pattern.exec(text) ?? []
  if (id === '') throw new AppError('INVALID_REQUEST', 'the cursor is not one of ours')
  return { createdAt: new Date(Number(time)), id }
}
