import { AppError } from '@dashang/shared/errors'
import type { Transaction } from '../../db/database.ts'
import type { Creator } from '../../generated/prisma/client.ts'

export async function findCreator(db: Transaction, slug: string): Promise<Creator> {
  const creator = await db.creator.findUnique({ where: { id: slug } })
  if (creator === null) throw new AppError('CREATOR_NOT_FOUND', 'no creator of this slug')
  return creator
}
