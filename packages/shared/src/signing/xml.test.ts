import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import published from './vectors.json' with { type: 'json' }
import { MAX_XML_BYTES, parseXml, writeXml, XmlError } from './xml.ts'

const vector = (id: string) => published.vectors.find((v) => v.id === id)
const flat = (name: string, value: string) => `<xml><${name}>${value}</${name}></xml>`

describe('parseXml', () => {
  it('keeps every value as text', () => {
    const { inputs, expected } = vector('xml-04') ?? {}
    expect(parseXml(inputs?.xml ?? '')).toEqual(expected?.fields)
  })

  it('keeps white space inside values and none between elements', () => {
    expect(parseXml('<xml>\n <a> 1 </a>\n\t<b>2</b>\n</xml>\n')).toEqual({ a: ' 1 ', b: '2' })
  })

  it('reads a document that begins with an XML declaration', () => {
    expect(parseXml(`<?xml version="1.0" encoding="UTF-8"?>${flat('a', '1')}`)).toEqual({ a: '1' })
  })

  it('reads another root only when it is asked for', () => {
    expect(parseXml('<root><a>1</a></root>', 'root')).toEqual({ a: '1' })
    expect(() => parseXml(flat('a', '1'), 'root')).toThrow(XmlError)
  })

  const bomb =
    '<!DOCTYPE xml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>' + flat('x', '&b;&b;')

  it.each<[what: string, document: string | Buffer]>([
    ['an external entity', vector('xml-01')?.inputs.xml ?? ''],
    ['an entity bomb', bomb],
    ['a lower-case document type', '<!doctype xml>' + flat('a', '1')],
    ['a document type behind a false CDATA', '<xml a="<![CDATA["><!DOCTYPE x><b c="]]>"/></xml>'],
    ['an entity it does not know', flat('a', '&leak;')],
    ['a character reference', flat('a', '&#65;')],
    ['a comment', '<xml><!-- hello --><a>1</a></xml>'],
    ['an element given twice', '<xml><a>1</a><a>2</a></xml>'],
    ['a nested element', '<xml><a><b>1</b></a></xml>'],
    ['text beside the elements', '<xml>text<a>1</a></xml>'],
    ['two roots', flat('a', '1') + flat('b', '2')],
    ['another root', '<root><a>1</a></root>'],
    ['an unclosed element', '<xml><a>1</xml>'],
    ['a document cut short', '<xml><a>1</a>'],
    ['a name of the language', flat('__proto__', '1')],
    ['JSON', '{"return_code":"SUCCESS"}'],
    ['nothing', ''],
    ['bytes that are not UTF-8', Buffer.from([0x3c, 0x78, 0xff, 0xfe])],
    ['a document over the limit', flat('a', 'x'.repeat(MAX_XML_BYTES))],
  ])('refuses %s', (_, document) => {
    expect(() => parseXml(document)).toThrow(XmlError)
  })

  it('answers any bytes with fields or XmlError, nothing else', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.uint8Array(),
          fc.string().map((s) => flat('a', s)),
        ),
        (document) => {
          try {
            for (const value of Object.values(parseXml(document)))
              expect(value).toBeTypeOf('string')
          } catch (error) {
            expect(error).toBeInstanceOf(XmlError)
          }
        },
      ),
      { numRuns: 1000 },
    )
  })
})

describe('writeXml', () => {
  it('writes what parseXml reads back', () => {
    const text = fc.string({ unit: 'grapheme' }).filter((s) => !/\p{Cc}|\p{Cn}/u.test(s))
    fc.assert(
      fc.property(
        fc.dictionary(fc.stringMatching(/^[a-z_]{1,8}$/), text, { noNullPrototype: true }),
        (fields) => {
          expect(parseXml(writeXml(fields))).toEqual(fields)
        },
      ),
    )
  })

  it('keeps the end mark of CDATA inside a value', () => {
    expect(parseXml(writeXml({ a: 'x ]]> y' }))).toEqual({ a: 'x ]]> y' })
  })

  it('refuses a character that XML cannot hold', () => {
    expect(() => writeXml({ attach: 'a\u0000b' })).toThrow(XmlError)
  })
})
