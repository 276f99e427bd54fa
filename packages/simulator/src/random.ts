import { createHash, randomBytes } from 'node:crypto'

/** Where every number, nonce and token of the platform comes from. */
export interface Random {
  /** Whether all that it gives can be foreseen. */
  readonly isSeeded: boolean
  bytes(count: number): Buffer
  /** How much was drawn, so that a saved state goes on where it stopped. */
  position(): number
  moveTo(position: number): void
}

/** With a seed the same sequence after every start; without one what nobody can foresee. */
export function createRandom(seed: string | null = null): Random {
  let drawn = 0
  return {
    isSeeded: seed !== null,
    bytes(count) {
      const start = drawn
      drawn += 1
      return seed === null ? randomBytes(count) : expand(`${seed}\n${start}`, count)
    },
    position: () => drawn,
    moveTo(position) {
      drawn = position
    },
  }
}

/** One decimal digit from each byte; the bias of 256 over 10 does not matter to a number's shape. */
export function digits(random: Random, count: number): string {
  return Array.from(random.bytes(count), (byte) => byte % 10).join('')
}

function expand(key: string, count: number): Buffer {
  const blocks: Buffer[] = []
  for (let length = 0; length < count; length += 32) {
    blocks.push(createHash('sha256').update(`${key}\n${blocks.length}`).digest())
  }
  return Buffer.concat(blocks).subarray(0, count)
}
