/** The amounts on offer. The server has the last word on what it takes. */
export const AMOUNTS_FEN = [200, 500, 1000, 2000, 5000, 10_000] as const
