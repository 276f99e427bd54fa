import type { CreatorChangesBody } from '@dashang/shared/contracts/creator-settings'
import type { Creator } from '../../generated/prisma/client.ts'

/** The columns that settings change; what they do not name stays. */
export function columnsOf(
  { goal, ...settings }: CreatorChangesBody,
  known: Pick<Creator, 'goalTitle' | 'goalTargetFen'>,
  now: Date,
) {
  return { ...settings, ...(goal !== undefined && goalColumns(goal, known, now)) }
}

/** Another goal begins to count now; the same one goes on. */
function goalColumns(
  goal: NonNullable<CreatorChangesBody['goal']> | null,
  known: Pick<Creator, 'goalTitle' | 'goalTargetFen'>,
  now: Date,
) {
  if (goal === null) return { goalTitle: null, goalTargetFen: null, goalSetAt: null }
  const { title, targetFen } = goal
  const isSame = known.goalTitle === title && known.goalTargetFen === targetFen
  if (isSame) return {}
  // WeChat tells payments in whole seconds, and one of this second is none of before.
  const goalSetAt = new Date(now.getTime() - (now.getTime() % 1000))
  return { goalTitle: title, goalTargetFen: targetFen, goalSetAt }
}
