import { expect, it } from 'vitest'
import { drawPoster, POSTER_SIZE, type Pen } from './poster'
import { wrap } from './poster-lines'

const widthOf = (text: string) => Array.from(text).length * 10
const linesOf = (text: string, characters: number) =>
  wrap(text, { maxWidth: characters * 10, maxLines: 5 }, widthOf)

it('breaks lines where they are full', () => {
  expect(linesOf('一二三四五六七', 3)).toEqual(['一二三', '四五六', '七'])
  expect(linesOf('', 3)).toEqual([''])
})

it.each([
  ['keeps a word whole', 'see you on Sunday', 7, ['see you', 'on', 'Sunday']],
  ['begins no line with the sign that ends a phrase', '谢谢你，再见', 3, ['谢谢', '你，再', '见']],
  ['ends no line with the sign that opens one', '听听《山海》', 3, ['听听', '《山', '海》']],
  ['breaks a word that is longer than a line', 'abcdefg', 3, ['abc', 'def', 'g']],
] as const)('%s', (_, text, characters, lines) => {
  expect(linesOf(text, characters)).toEqual(lines)
})

it('ends in … what is too long for the paper', () => {
  const lines = linesOf('字'.repeat(100), 10)
  expect(lines).toHaveLength(5)
  expect(lines[4]).toBe(`${'字'.repeat(9)}…`)
})

interface Written {
  readonly text: string
  readonly y: number
}

function draw(poster: Parameters<typeof drawPoster>[1]): readonly Written[] {
  const written: Written[] = []
  const nothing = () => undefined
  const pen: Pen = {
    ...{ fillStyle: '', strokeStyle: '', lineWidth: 0, font: '', textAlign: '', textBaseline: '' },
    ...{ beginPath: nothing, moveTo: nothing, arcTo: nothing, closePath: nothing },
    ...{ fill: nothing, stroke: nothing },
    fillText: (text, _, y) => written.push({ text, y }),
    measureText: (text) => ({ width: Array.from(text).length * 34 }),
  }
  drawPoster(pen, poster)
  return written
}

it('writes every word of it onto the paper, from the top down', () => {
  const written = draw({ name: 'alice', line: 'line', thanks: 'thanks', foot: 'foot' })
  expect(written.map(({ text }) => text)).toEqual(['A', 'alice', 'line', 'thanks', 'foot'])
})

it('has room for the longest name and the longest thanks', () => {
  const written = draw({
    ...{ name: '名'.repeat(32), line: 'line' },
    ...{ thanks: '谢'.repeat(120), foot: 'foot' },
  })
  const ys = written.map(({ y }) => y)
  expect(ys).toEqual([...ys].sort((a, b) => a - b))
  expect(Math.max(...ys)).toBeLessThan(POSTER_SIZE.height - 80)
  for (const { text } of written) expect(text.length * 34).toBeLessThan(POSTER_SIZE.width - 80)
})
