/** One piece of work, done by ours and by bare `node:crypto` with the same primitive. */
export interface Pair {
  readonly ours: () => unknown
  readonly bare: () => unknown
}
