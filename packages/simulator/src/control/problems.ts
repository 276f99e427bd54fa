import type { FastifySchemaValidationError } from 'fastify'

/** What a wrong value might have been; what the words of the library keep to themselves. */
const WORDS: Readonly<Record<string, (params: Readonly<Record<string, unknown>>) => string>> = {
  enum: ({ allowedValues }) => `must be one of ${[allowedValues].flat().join(', ')}`,
  const: ({ allowedValue }) => `must be ${String(allowedValue)}`,
  additionalProperties: ({ additionalProperty }) => `must not have ${String(additionalProperty)}`,
}

/** All that is wrong with the values of a call, each once. */
export function problemsOf(errors: FastifySchemaValidationError[], place: string): Error {
  // That none of several forms fits says less than what is wrong with each.
  const told = errors.filter(({ keyword }) => keyword !== 'anyOf')
  const problems = told.map(({ keyword, instancePath, params, message = '' }) => {
    const words = WORDS[keyword]?.(params) ?? message
    return `${place}${instancePath} ${words}`
  })
  return new Error([...new Set(problems)].join(', '))
}
