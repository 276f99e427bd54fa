import type { SignatureFacts } from '../signatures/compare.ts'
import { ENGLISH } from './errors-en.ts'
import { ERRORS, type V3Error } from './errors.ts'
import type { Words } from './language.ts'

interface Said {
  readonly message?: Words
  readonly detail?: object
  readonly signature?: SignatureFacts | null
}

/** A request that WeChat would refuse. `hint` goes to the developer in the header `Sim-Hint`. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly error: V3Error
  readonly hint: string
  readonly words: Words
  readonly detail: object | undefined
  /** All that there is to know of a signature that did not fit. */
  readonly signature: SignatureFacts | null

  constructor(error: V3Error, hint: string, { message, detail, signature = null }: Said = {}) {
    const words = message ?? { zh: ERRORS[error].message, en: ENGLISH[error] }
    super(words.zh)
    this.error = error
    this.hint = hint
    this.words = words
    this.detail = detail
    this.signature = signature
  }
}
