import type { KeyObject } from 'node:crypto'
import type { RequestToSign, Stamp } from '@dashang/shared/signing/v3/signature'
import { isSignedBy } from '@dashang/shared/signing/v3/signature'
import type { Words } from './rules.ts'

interface Mistake<Parts> {
  readonly words: Words
  /** What somebody signs who makes it. */
  readonly text: (parts: Parts) => string
}

const lines = (...parts: readonly unknown[]) => parts.map((part) => `${String(part)}\n`).join('')
const textOf = ({ body }: Stamp) => (typeof body === 'string' ? body : Buffer.from(body).toString())

/** The same JSON as another program would write it, or nothing different. */
function rewritten(body: string, indent?: number): string {
  try {
    return JSON.stringify(JSON.parse(body), null, indent)
  } catch {
    return body
  }
}

/** The same JSON without the white space between its parts. */
const compacted = (body: string) => body.replace(/("(?:[^"\\]|\\.)*")|\s+/g, '$1')

const REWRITTEN: Words = {
  en: 'The body that was signed is not the body that was sent: parsed and written again, it has other white space or escapes. Sign the bytes that go over the wire.',
  zh: '签名所用的正文与发送的正文不同：重新序列化改变了空白或转义。应对实际传输的字节签名。',
}
const NO_LAST_LINE: Words = {
  en: 'The text lacks its last line feed: every line ends with one.',
  zh: '签名串缺少最后一个换行符：每一行都以换行结尾。',
}
const NO_BODY: Words = {
  en: 'The body is missing from the text.',
  zh: '签名串里缺少请求体。',
}
const CRLF: Words = {
  en: 'The lines end with CRLF; they end with LF alone.',
  zh: '行尾用了 CRLF，应只用 LF。',
}

const REQUEST_MISTAKES: readonly Mistake<RequestToSign>[] = [
  {
    words: NO_LAST_LINE,
    text: (parts) => requestLines(parts).slice(0, -1),
  },
  { words: NO_BODY, text: (parts) => requestLines({ ...parts, body: '' }) },
  {
    words: REWRITTEN,
    text: (parts) => requestLines({ ...parts, body: compacted(textOf(parts)) }),
  },
  {
    words: REWRITTEN,
    text: (parts) => requestLines({ ...parts, body: rewritten(textOf(parts)) }),
  },
  {
    words: REWRITTEN,
    text: (parts) => requestLines({ ...parts, body: rewritten(textOf(parts), 2) }),
  },
  {
    words: {
      en: 'The query is missing from the text: path and query are signed.',
      zh: '签名串缺少查询参数：路径与查询参数都要签名。',
    },
    text: (parts) => requestLines({ ...parts, target: parts.target.replace(/\?.*$/, '') }),
  },
  {
    words: {
      en: 'The whole address was signed; scheme and host do not belong to it.',
      zh: '签了完整网址；不应包含协议和域名。',
    },
    text: (parts) =>
      requestLines({ ...parts, target: `https://api.mch.weixin.qq.com${parts.target}` }),
  },
  {
    words: {
      en: 'The address was decoded before it was signed; it is signed as it is sent.',
      zh: '签名前对网址做了解码；应使用发送时的形式。',
    },
    text: (parts) => requestLines({ ...parts, target: decoded(parts.target) }),
  },
  {
    words: { en: 'The method was signed in small letters.', zh: '请求方法应为大写。' },
    text: (parts) => requestLines({ ...parts, method: parts.method.toLowerCase() }),
  },
  { words: CRLF, text: (parts) => requestLines(parts).replaceAll('\n', '\r\n') },
]

const ANSWER_MISTAKES: readonly Mistake<Stamp>[] = [
  {
    words: {
      en: 'A line feed at the end of the body was not sent: your file has it, the message had not.',
      zh: '正文末尾多了换行符：原始报文没有。',
    },
    text: (parts) => answerLines({ ...parts, body: textOf(parts).replace(/\r?\n$/, '') }),
  },
  { words: NO_LAST_LINE, text: (parts) => answerLines(parts).slice(0, -1) },
  {
    words: REWRITTEN,
    text: (parts) => answerLines({ ...parts, body: compacted(textOf(parts)) }),
  },
  {
    words: REWRITTEN,
    text: (parts) => answerLines({ ...parts, body: rewritten(textOf(parts)) }),
  },
  {
    words: REWRITTEN,
    text: (parts) => answerLines({ ...parts, body: rewritten(textOf(parts), 2) }),
  },
]

export interface FoundMistake {
  readonly words: Words
  readonly signedText: string
}

export function findRequestMistake(
  parts: RequestToSign,
  signature: string,
  key: KeyObject,
): FoundMistake | null {
  return find(REQUEST_MISTAKES, parts, { signature, key })
}

/** The same for an answer or a notification: what a person did to the message before it was shown. */
export function findAnswerMistake(
  parts: Stamp,
  signature: string,
  key: KeyObject,
): FoundMistake | null {
  return find(ANSWER_MISTAKES, parts, { signature, key })
}

function find<Parts>(
  mistakes: readonly Mistake<Parts>[],
  parts: Parts,
  { signature, key }: { readonly signature: string; readonly key: KeyObject },
): FoundMistake | null {
  for (const { words, text } of mistakes) {
    const signedText = text(parts)
    if (isSignedBy(Buffer.from(signedText), signature, key)) return { words, signedText }
  }
  return null
}

function requestLines(parts: RequestToSign): string {
  const { method, target, timestamp, nonce } = parts
  return lines(method, target, timestamp, nonce, textOf(parts))
}

function answerLines(parts: Stamp): string {
  return lines(parts.timestamp, parts.nonce, textOf(parts))
}

function decoded(target: string): string {
  try {
    return decodeURIComponent(target)
  } catch {
    return target
  }
}
