/** One mistake that somebody could make in a file; its tests have to notice. */
export interface Mutant {
  /** What stands there, exactly once. */
  readonly from: string
  readonly to: string
}

/** The mistakes in one file, by what each would let through. */
export type Mutants = Readonly<Record<string, Mutant>>
