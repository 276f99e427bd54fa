export interface Limits {
  readonly minFen: number
  readonly maxFen: number
}

interface OwnLimits {
  readonly minFen: number | null
  readonly maxFen: number | null
}

/** What one tip may be: as the creator says, and never outside of what the server allows. */
export function limitsOf(creator: OwnLimits, server: Limits): Limits {
  return {
    minFen: Math.max(creator.minFen ?? 0, server.minFen),
    maxFen: Math.min(creator.maxFen ?? server.maxFen, server.maxFen),
  }
}

export function isWithin(amountFen: number, { minFen, maxFen }: Limits): boolean {
  return minFen <= amountFen && amountFen <= maxFen
}

interface Written {
  readonly message: string | null
  readonly displayName: string | null
  readonly messageState: 'none' | 'pending' | 'shown' | 'hidden'
}

/** What everybody may see of the words of a tip. */
export function publicWords({ message, displayName, messageState }: Written): {
  name: string | null
  message: string | null
} {
  return messageState === 'shown' ? { name: displayName, message } : { name: null, message: null }
}
