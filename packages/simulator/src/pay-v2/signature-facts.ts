import { createHash, createHmac } from 'node:crypto'
import {
  canonicalText,
  sign,
  type Fields,
  type SigningKey,
  type SignType,
} from '@dashang/shared/signing/v2'
import { firstDifferingByte, type SignatureFacts } from '../signatures/compare.ts'

export const KEY_NAME = '<the v2 key>'

/** A text that somebody could have signed by mistake, from the fields and the key. */
type Recipe = (fields: Fields, key: string) => string

const pairs = (entries: readonly [string, string][]) =>
  entries.map(([name, value]) => `${name}=${value}`).join('&')
const withoutSign = (fields: Fields) => Object.entries(fields).filter(([name]) => name !== 'sign')
const given = (fields: Fields) => withoutSign(fields).filter(([, value]) => value !== '')
const sorted = (entries: [string, string][]) => entries.sort(([a], [b]) => (a < b ? -1 : 1))

/** Mistakes that people make, each with the text it leads to. */
const RECIPES: Readonly<Record<string, Recipe>> = {
  'the key is missing at the end': (fields) => canonicalText(fields),
  'the key follows without «&key=»': (fields, key) => `${canonicalText(fields)}${key}`,
  'the key follows as «key=» without «&»': (fields, key) => `${canonicalText(fields)}key=${key}`,
  'the fields are not sorted by name': (fields, key) => `${pairs(given(fields))}&key=${key}`,
  'empty fields are signed, too': (fields, key) =>
    `${pairs(sorted(withoutSign(fields)))}&key=${key}`,
  // An empty field is not signed.
  'sign_type is left out': (fields, key) =>
    `${canonicalText({ ...fields, sign_type: '' })}&key=${key}`,
  'the values are URL-encoded before signing': (fields, key) =>
    `${pairs(sorted(given(fields)).map(([name, value]) => [name, encodeURIComponent(value)]))}&key=${key}`,
}

const otherType = (signType: SignType): SignType => (signType === 'MD5' ? 'HMAC-SHA256' : 'MD5')

/** Why `sign` does not fit: with the text that was signed, when a usual mistake explains it. */
export function signatureFacts(fields: Fields, signingKey: SigningKey): SignatureFacts {
  const { key, signType } = signingKey
  const sentSignature = fields['sign'] ?? ''
  const expectedSignature = sign(fields, signingKey)
  const expectedText = `${canonicalText(fields)}&key=${KEY_NAME}`
  const found = wrongText(fields, signingKey)
  const facts = { algorithm: signType, sentSignature, expectedSignature, expectedText }
  if (found !== null) {
    const sentText = found.text.replace(key, KEY_NAME)
    const difference = firstDifferingByte(sentText, expectedText)
    return { ...facts, sentText, mistake: found.mistake, firstDifferingByte: difference }
  }
  return {
    ...facts,
    sentText: null,
    mistake: wrongDigest(fields, signingKey, expectedSignature),
    firstDifferingByte: firstDifferingByte(sentSignature, expectedSignature),
  }
}

function wrongText(fields: Fields, { key, signType }: SigningKey) {
  const sent = (fields['sign'] ?? '').toUpperCase()
  for (const [mistake, recipe] of Object.entries(RECIPES)) {
    const text = recipe(fields, key)
    if (digest(text, { key, signType }) === sent) return { mistake, text }
  }
  return null
}

/** The text was right and what was made of it was not. */
function wrongDigest(fields: Fields, { key, signType }: SigningKey, expected: string) {
  const sent = fields['sign'] ?? ''
  if (sent.toUpperCase() === expected) return 'the signature is written in lower case'
  const other = otherType(signType)
  if (sent.toUpperCase() === sign(fields, { key, signType: other })) {
    return `it is signed with ${other}, and sign_type says ${signType}`
  }
  return null
}

function digest(text: string, { key, signType }: SigningKey): string {
  const hash = signType === 'MD5' ? createHash('md5') : createHmac('sha256', key)
  return hash.update(text).digest('hex').toUpperCase()
}
