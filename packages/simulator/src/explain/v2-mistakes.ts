import { createHash, createHmac } from 'node:crypto'
import {
  canonicalText,
  type Fields,
  type SigningKey,
  type SignType,
} from '@dashang/shared/signing/v2'
import type { Words } from './rules.ts'

interface Mistake {
  readonly words: Words
  /** What somebody signs who makes it. */
  readonly text: (fields: Fields, key: string) => string
  readonly isOtherType?: true
  readonly hmacKey?: (key: string) => string
}

const OTHER: Readonly<Record<SignType, SignType>> = { MD5: 'HMAC-SHA256', 'HMAC-SHA256': 'MD5' }

const right = (fields: Fields, key: string) => `${canonicalText(fields)}&key=${key}`
const joined = (entries: [string, string][], key: string) =>
  `${entries.map(([name, value]) => `${name}=${value}`).join('&')}&key=${key}`
const entriesOf = (fields: Fields) =>
  Object.entries(fields).filter(([name, value]) => name !== 'sign' && value !== '')
const changed = (fields: Fields, change: (value: string) => string): Fields =>
  Object.fromEntries(entriesOf(fields).map(([name, value]) => [name, change(value)]))
const byName = ([a]: [string, string], [b]: [string, string]) => (a < b ? -1 : 1)

/** What people sign instead; each row gives exactly the signature of that mistake. */
const MISTAKES: readonly Mistake[] = [
  {
    words: {
      en: 'It was made with the other sign type: sign_type and the algorithm have to agree, and without sign_type it is MD5.',
      zh: '用了另一种签名类型：sign_type 与算法必须一致，未传 sign_type 时为 MD5。',
    },
    text: right,
    isOtherType: true,
  },
  {
    words: {
      en: 'sign_type was left out of the text: every field that is sent is signed.',
      zh: '签名串漏掉了 sign_type：所有发送的字段都要参与签名。',
    },
    text: (fields, key) => right({ ...fields, sign_type: '' }, key),
  },
  {
    words: {
      en: 'The text lacks &key= and the key at its end.',
      zh: '签名串末尾缺少 &key=密钥。',
    },
    text: (fields) => canonicalText(fields),
  },
  {
    words: { en: 'The text ends with & and the key, without «key=».', zh: '末尾少了 key=。' },
    text: (fields, key) => `${canonicalText(fields)}&${key}`,
  },
  {
    words: { en: 'Empty fields were signed, too.', zh: '空值字段也参与了签名。' },
    text: (fields, key) =>
      joined(
        Object.entries(fields)
          .filter(([name]) => name !== 'sign')
          .sort(byName),
        key,
      ),
  },
  {
    words: {
      en: 'The fields are in the order of the document, not in that of their names.',
      zh: '字段没有按名称的 ASCII 顺序排序。',
    },
    text: (fields, key) => joined(entriesOf(fields), key),
  },
  {
    words: {
      en: 'The fields are sorted without regard to capitals; capitals come first.',
      zh: '排序时忽略了大小写；大写字母应在前。',
    },
    text: (fields, key) =>
      joined(
        entriesOf(fields).sort(([a], [b]) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)),
        key,
      ),
  },
  {
    words: {
      en: 'The values were URL-encoded; they are signed raw.',
      zh: '对值做了 URL 编码；应使用原始值。',
    },
    text: (fields, key) => right(changed(fields, encodeURIComponent), key),
  },
  {
    words: {
      en: 'The values were escaped for XML before they were signed.',
      zh: '签名前对值做了 XML 转义。',
    },
    text: (fields, key) =>
      right(
        changed(fields, (value) =>
          value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
        ),
        key,
      ),
  },
  {
    words: { en: 'White space around a value was cut off.', zh: '去掉了值两端的空白。' },
    text: (fields, key) =>
      right(
        changed(fields, (value) => value.trim()),
        key,
      ),
  },
  {
    words: {
      en: 'The key ends with a line feed, as read from a file.',
      zh: '密钥末尾多了换行符。',
    },
    text: (fields, key) => right(fields, `${key}\n`),
    hmacKey: (key) => `${key}\n`,
  },
]

/** What was done wrong, and the text that was signed because of it. */
export interface FoundMistake {
  readonly words: Words
  readonly signedText: string
}

const UPPER_CASE: Words = {
  en: 'The signature is right but for its letters: they are capitals.',
  zh: '签名除大小写外正确：应为大写。',
}

/** The usual mistake that explains this signature, if one does. */
export function findV2Mistake(fields: Fields, { key, signType }: SigningKey): FoundMistake | null {
  const given = fields['sign'] ?? ''
  const rightText = right(fields, key)
  if (digest(signType, rightText, key) === given.toUpperCase()) {
    return { words: UPPER_CASE, signedText: rightText }
  }
  for (const { words, text, isOtherType, hmacKey } of MISTAKES) {
    const signedText = text(fields, key)
    const type = isOtherType === true ? OTHER[signType] : signType
    if (digest(type, signedText, hmacKey?.(key) ?? key) === given.toUpperCase()) {
      return { words, signedText }
    }
  }
  return null
}

function digest(signType: SignType, text: string, key: string): string {
  const hash = signType === 'MD5' ? createHash('md5') : createHmac('sha256', key)
  return hash.update(text).digest('hex').toUpperCase()
}
