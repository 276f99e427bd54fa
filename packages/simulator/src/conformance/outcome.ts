/** The promise is broken; the message says what was seen. */
export class Failed extends Error {
  override readonly name = 'Failed'
}

/** It could not be looked at; the message says what was missing. */
export class Skipped extends Error {
  override readonly name = 'Skipped'
}
