/**
 * What JSON makes of a value of the server: a `Date` arrives as text.
 * @template Value
 * @typedef {Value extends Date ? string : Value extends object ? { [Key in keyof Value]: Json<Value[Key]> } : Value} Json
 */

export class ApiError extends Error {}

/**
 * One call of the control API; a refusal is thrown in the server's words.
 * @param {string} method
 * @param {string} path
 * @param {object} [body]
 * @returns {Promise<unknown>}
 */
export async function call(method, path, body) {
  const response = await fetch(path, {
    method,
    ...(body && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  })
  const answer = await answerOf(response)
  if (response.ok) return answer
  throw new ApiError(wordsOf(answer) ?? `HTTP ${response.status}`)
}

/**
 * JSON as what it says, anything else as text.
 * @param {Response} response
 * @returns {Promise<unknown>}
 */
async function answerOf(response) {
  const isJson = response.headers.get('content-type')?.includes('json')
  return isJson ? response.json() : response.text()
}

/**
 * @param {unknown} answer
 * @returns {string | null}
 */
function wordsOf(answer) {
  if (typeof answer !== 'object' || answer === null) return null
  const { error, message } = /** @type {{ error?: unknown, message?: unknown }} */ (answer)
  return [message, error].find((text) => typeof text === 'string') ?? null
}
