import type { KeyObject } from 'node:crypto'
import { isSignedBy, requestText, type RequestToSign } from '@dashang/shared/signing/v3/signature'

type MakeMistake = (request: RequestToSign & { readonly body: string }) => RequestToSign | null

const other = (request: RequestToSign, changes: Partial<RequestToSign>): RequestToSign => ({
  ...request,
  ...changes,
})

/** What people sign instead, and how one says so. */
const MISTAKES: Readonly<Record<string, MakeMistake>> = {
  'without the query string': (request) =>
    other(request, { target: request.target.split('?')[0] ?? '' }),
  'with the percent-encoding of the target undone': (request) => {
    const target = decoded(request.target)
    return target === null ? null : other(request, { target })
  },
  'with the method in small letters': (request) =>
    other(request, { method: request.method.toLowerCase() }),
  'with an empty body': (request) => other(request, { body: '' }),
  'with the JSON written anew': (request) => rewritten(request, (value) => JSON.stringify(value)),
  'with the JSON written anew, in lines': (request) =>
    rewritten(request, (value) => JSON.stringify(value, null, 2)),
  'with the letters of the body as \\u escapes': (request) =>
    other(request, { body: request.body.replace(/[\u0080-\uffff]/g, escaped) }),
}

/** What was signed instead, and the first byte of it that differs from what should have been. */
export interface Mistake {
  readonly how: string
  readonly signedText: string
  readonly firstByte: number
}

/** One of the usual mistakes, or nothing: a signature alone does not tell what it was made over. */
export function mistakeOf(
  request: RequestToSign,
  { signature, key }: { readonly signature: string; readonly key: KeyObject },
): Mistake | null {
  const expected = requestText(request)
  for (const [how, signedText] of candidates(request, expected)) {
    if (isSignedBy(signedText, signature, key)) {
      const firstByte = firstDifference(expected, signedText)
      return { how, signedText: signedText.toString(), firstByte }
    }
  }
  return null
}

function* candidates(request: RequestToSign, expected: Buffer): Generator<[string, Buffer]> {
  yield ['without the line feed at the end', expected.subarray(0, -1)]
  const text = { ...request, body: Buffer.from(request.body).toString() }
  for (const [how, make] of Object.entries(MISTAKES)) {
    const mistaken = make(text)
    if (mistaken !== null) yield [how, requestText(mistaken)]
  }
}

function firstDifference(one: Buffer, another: Buffer): number {
  const at = one.findIndex((byte, index) => byte !== another[index])
  return at === -1 ? one.length : at
}

function decoded(target: string): string | null {
  try {
    return decodeURIComponent(target)
  } catch {
    return null
  }
}

function rewritten(
  request: RequestToSign & { readonly body: string },
  write: (value: unknown) => string,
): RequestToSign | null {
  try {
    return other(request, { body: write(JSON.parse(request.body)) })
  } catch {
    return null
  }
}

const escaped = (letter: string) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`
