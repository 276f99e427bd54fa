import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { placeIn, TABLES } from '../scripts/readme-tables.ts'

// Prettier pads the cells and draws the line under the head as it likes.
const bare = (table: string) =>
  table
    .split('\n')
    .map((line) => line.replaceAll(/ +/g, ' ').replaceAll(/-{3,}/g, '---').trim())
    .filter((line) => line !== '')

it.each(Object.entries(TABLES))(
  'the README has the table of %s, row by row',
  async (name, make) => {
    const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8')
    expect(bare(placeIn(readme, name) ?? '')).toEqual(bare(make()))
  },
)
