import { expect, it } from 'vitest'
import { drawPoster, POSTER_SIZE, wrap, type Pen } from './poster'

const widthOf = (text: string) => Array.from(text).length * 10

it('breaks lines where they are full', () => {
  expect(wrap('一二三四五六七', 30, widthOf)).toEqual(['一二三', '四五六', '七'])
  expect(wrap('', 30, widthOf)).toEqual([''])
})

it('ends in … what is too long for the paper', () => {
  const lines = wrap('字'.repeat(100), 100, widthOf)
  expect(lines).toHaveLength(5)
  expect(lines[4]).toBe(`${'字'.repeat(9)}…`)
})

it('writes every word of it onto the paper', () => {
  const written: [text: string, x: number, y: number][] = []
  const nothing = () => undefined
  const pen: Pen = {
    ...{ fillStyle: '', strokeStyle: '', lineWidth: 0, font: '', textAlign: '', textBaseline: '' },
    fillRect: nothing,
    strokeRect: nothing,
    fillText: (text, x, y) => written.push([text, x, y]),
    measureText: (text) => ({ width: widthOf(text) }),
  }
  drawPoster(pen, { name: 'alice', line: 'line', thanks: 'thanks', foot: 'foot' })
  expect(written.map(([text]) => text)).toEqual(['A', 'alice', 'line', 'thanks', 'foot'])
  for (const [, x, y] of written) {
    expect(x).toBeLessThanOrEqual(POSTER_SIZE.width)
    expect(y).toBeLessThan(POSTER_SIZE.height)
  }
})
