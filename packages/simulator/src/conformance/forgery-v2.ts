import { compose } from './deliver.ts'
import { withBody, type Forgery } from './forgery.ts'

const OTHER_KEY = '0'.repeat(32)
const LEVELS = ['b', 'c', 'd', 'e', 'f']

/** Entities in entities: 500 bytes that become ten megabytes where somebody expands them. */
function entityBomb(body: string): string {
  const levels = LEVELS.map((name, i) => {
    const inner = `&${LEVELS[i - 1] ?? 'a'};`.repeat(10)
    return `<!ENTITY ${name} "${inner}">`
  })
  const doctype = `<!DOCTYPE xml [<!ENTITY a "${'a'.repeat(100)}">${levels.join('')}]>`
  return doctype + body.replace('<xml>', '<xml><attach>&f;</attach>')
}

/** What is wrong with the document, signed or not. */
const XML_FORGERIES = {
  json_instead: {
    title: 'JSON where XML is expected is refused',
    why: 'A framework that parses by content type hands over fields that nobody signed.',
    fix: 'Take the raw bytes of the body, whatever its content type says, and parse XML.',
    make: () => ({
      headers: { 'content-type': 'application/json' },
      body: '{"xml":{"return_code":"SUCCESS","result_code":"SUCCESS"}}',
    }),
  },
  entity_bomb: {
    title: 'a document type with entities is refused',
    why: 'A few hundred bytes that expand to megabytes or gigabytes stop a server.',
    fix: 'Refuse <!DOCTYPE and <!ENTITY before parsing, or switch document types off in the parser.',
    make: (stage, notification) => withBody(compose(stage, notification), entityBomb),
  },
} as const satisfies Readonly<Record<string, Forgery>>

/** What is wrong in XML with a keyed digest. */
export const V2_FORGERIES = {
  wrong_key: {
    title: 'a signature made with another key is refused',
    why: 'Without this check anybody can pay with a curl command.',
    fix: 'Compute the signature over all fields with your API key, and compare in constant time.',
    make: (stage, notification) => {
      const { simulator } = stage
      const account = { ...simulator.account, v2Key: OTHER_KEY }
      const platform = { ...simulator.platform, account }
      return compose({ ...stage, simulator: { ...simulator, platform } }, notification)
    },
  },
  unsigned: {
    title: 'a message without a signature is refused',
    why: '«No signature, nothing to check» is the shortest way in.',
    fix: 'A missing sign is a wrong one.',
    make: (stage, notification) =>
      withBody(compose(stage, notification), (body) => body.replace(/<sign>.*?<\/sign>/, '')),
  },
  empty_signature: {
    title: 'a message with an empty signature is refused',
    why: 'An empty text equals an empty text where a digest failed to be made.',
    fix: 'Check the length and the alphabet of sign first.',
    make: (stage, notification) =>
      withBody(compose(stage, notification), (body) =>
        body.replace(/<sign>.*?<\/sign>/, '<sign></sign>'),
      ),
  },
  ...XML_FORGERIES,
} as const satisfies Readonly<Record<string, Forgery>>

/** What is wrong in XML that nobody signed, with its content encrypted. */
export const V2_NOTICE_FORGERIES = {
  wrong_key: {
    title: 'a notice that your API key does not open is refused',
    why: 'The encryption is all that there is instead of a signature.',
    fix: 'Let a failure to decrypt or to parse end in a refusal; ask WeChat (refundquery) before you believe the rest.',
    make: (stage, notification) => compose(stage, notification, 'wrong_key'),
  },
  ...XML_FORGERIES,
} as const satisfies Readonly<Record<string, Forgery>>
