import Builder from 'fast-xml-builder'
import { XMLParser } from 'fast-xml-parser'
import { SyntaxValidator } from 'fast-xml-validator'
import type { Fields } from './v2.ts'

/** WeChat's longest message is some 10 KB; a notification comes from anybody who knows the address. */
export const MAX_XML_BYTES = 65_536

/** Why a document was refused; the text is for a developer and quotes nothing of the document. */
export class XmlError extends Error {
  override readonly name = 'XmlError'
}

// Values stay text: 007 is not 7, and a signature covers the text.
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  parseTagValue: false,
  trimValues: false,
  processEntities: true,
})
// The parser forgives; what it forgives is refused first.
const validator = new SyntaxValidator({ invalidCharSequence: { attrLt: true } })
const builder = new Builder({ cdataPropName: 'cdata' })
const utf8 = new TextDecoder('utf-8', { fatal: true })

type Node = Readonly<Record<string, unknown>>

/** The outermost element: `root` is inside the notice of a refund, all else is `xml`. */
export type XmlRoot = 'xml' | 'root'

/**
 * Reads one flat document. Refused: DOCTYPE and entities of its own (the external-entity
 * attack that WeChat warns every merchant of), more than `MAX_XML_BYTES`,
 * anything nested, and elements given twice, of which two readers may take different ones.
 */
export function parseXml(document: Uint8Array | string, root: XmlRoot = 'xml'): Fields {
  const text = textOf(document)
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) throw new XmlError('a document type or an entity')
  const markup = text.replace(/<!\[CDATA\[[\s\S]*?\]\]>/g, '')
  if (markup.includes('<!')) throw new XmlError('a comment or declaration')
  if (/&(?!(?:amp|lt|gt|quot|apos);)/.test(markup)) throw new XmlError('an unknown entity')

  const fields = new Map<string, string>()
  for (const element of childrenOf(root, text)) {
    const [name, value] = readElement(element)
    if (fields.has(name)) throw new XmlError('an element given twice')
    fields.set(name, value)
  }
  return Object.fromEntries(fields)
}

/** Writes one flat document, every value as CDATA, as WeChat's own examples do. */
export function writeXml(fields: Fields, root: XmlRoot = 'xml'): string {
  const elements = Object.entries(fields).map(([name, value]) => {
    // eslint-disable-next-line no-control-regex -- XML 1.0 has no way to write these at all
    if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(value)) {
      throw new XmlError(`a control character in ${name}`)
    }
    return [name, { cdata: value }]
  })
  return builder.build({ [root]: Object.fromEntries(elements) as unknown })
}

function textOf(document: Uint8Array | string): string {
  const size = typeof document === 'string' ? Buffer.byteLength(document) : document.byteLength
  if (size > MAX_XML_BYTES) throw new XmlError('too large')
  if (typeof document === 'string') return document
  try {
    return utf8.decode(document)
  } catch (cause) {
    throw new XmlError('not UTF-8', { cause })
  }
}

function childrenOf(root: XmlRoot, text: string): Node[] {
  const roots = (parse(text) as Node[]).filter((node) => !isBlank(node))
  const children = roots[0]?.[root]
  if (roots.length !== 1 || !Array.isArray(children)) throw new XmlError(`no single <${root}> root`)
  return (children as Node[]).filter((node) => !isBlank(node))
}

function parse(text: string): unknown {
  try {
    validator.validate(text)
    return parser.parse(text)
  } catch (cause) {
    throw new XmlError('not well-formed', { cause })
  }
}

function readElement(element: Node): [name: string, value: string] {
  const [entry, ...others] = Object.entries(element)
  if (entry === undefined || others.length > 0) throw new XmlError('not well-formed')
  const [name, content] = entry
  if (!Array.isArray(content)) throw new XmlError('text outside of an element')
  return [name, content.map((part: Node) => textIn(part)).join('')]
}

function textIn(part: Node): string {
  const text = part['#text']
  if (typeof text !== 'string') throw new XmlError('a nested element')
  return text
}

function isBlank(node: Node): boolean {
  const text = node['#text']
  return typeof text === 'string' && text.trim() === ''
}
