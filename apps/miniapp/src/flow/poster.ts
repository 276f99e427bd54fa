import { wrap } from './poster-lines'

/** What a canvas has to offer; WeChat's and the browser's do. */
export interface Pen {
  fillStyle: unknown
  strokeStyle: unknown
  lineWidth: number
  font: string
  textAlign: string
  textBaseline: string
  beginPath(): void
  moveTo(x: number, y: number): void
  arcTo(x1: number, y1: number, x2: number, y2: number, radius: number): void
  closePath(): void
  fill(): void
  stroke(): void
  fillText(text: string, x: number, y: number): void
  measureText(text: string): { readonly width: number }
}

export interface Poster {
  readonly name: string
  /** Under the name: what the poster tells. */
  readonly line: string
  /** The creator's words of thanks. */
  readonly thanks: string
  readonly foot: string
}

export const POSTER_SIZE = { width: 600, height: 900 } as const

const { width: WIDTH, height: HEIGHT } = POSTER_SIZE
const CENTER = WIDTH / 2
const PAPER = '#f4f1ea'
const CARD = '#fffdf9'
const INK = '#221f1a'
const FAINT = '#6a6359'
const SEAL = '#b83a26'
const ON_SEAL = '#fff8ef'
const SERIF = '"Songti SC", "Noto Serif CJK SC", serif'
const SANS = '"PingFang SC", "Noto Sans CJK SC", sans-serif'

const NAME = { font: `bold 42px ${SERIF}`, color: INK, lineHeight: 56, maxLines: 2 }
const LINE = { font: `26px ${SANS}`, color: FAINT, lineHeight: 36, maxLines: 1 }
const THANKS = { font: `30px ${SERIF}`, color: INK, lineHeight: 48, maxLines: 5 }
const FOOT = { font: `20px ${SANS}`, color: FAINT, lineHeight: 32, maxLines: 1 }

const NAME_TOP = 292
const FOOT_TOP = HEIGHT - 128

/** Draws the whole poster; nothing is fetched for it, so it cannot come out half. */
export function drawPoster(pen: Pen, { name, line, thanks, foot }: Poster): void {
  pen.textAlign = 'center'
  pen.textBaseline = 'middle'
  fill(pen, PAPER, { x: 0, y: 0, width: WIDTH, height: HEIGHT, radius: 0 })
  fill(pen, CARD, { x: 40, y: 40, width: WIDTH - 80, height: HEIGHT - 80, radius: 32 })
  drawSeal(pen, name)
  const nameEnd = write(pen, linesOf(pen, name, NAME), NAME_TOP)
  const lineEnd = write(pen, linesOf(pen, line, LINE), nameEnd + 8)
  const words = linesOf(pen, thanks, THANKS)
  // The words stand in the middle of the room that name and foot leave them.
  const room = FOOT_TOP - 40 - lineEnd
  write(pen, words, lineEnd + (room - words.lines.length * THANKS.lineHeight) / 2)
  fill(pen, SEAL, { x: CENTER - 24, y: FOOT_TOP - 32, width: 48, height: 4, radius: 2 })
  write(pen, linesOf(pen, foot, FOOT), FOOT_TOP)
}

function drawSeal(pen: Pen, name: string): void {
  const [character = '赏'] = name
  fill(pen, SEAL, { x: CENTER - 76, y: 104, width: 152, height: 152, radius: 44 })
  outline(pen, { x: CENTER - 66, y: 114, width: 132, height: 132, radius: 36 })
  pen.strokeStyle = ON_SEAL
  pen.lineWidth = 2
  pen.stroke()
  const style = { ...NAME, font: `bold 76px ${SERIF}`, color: ON_SEAL, lineHeight: 152 }
  write(pen, { style, lines: [character.toUpperCase()] }, 104)
}

type Style = typeof NAME

interface Block {
  readonly style: Style
  readonly lines: readonly string[]
}

function linesOf(pen: Pen, text: string, style: Style): Block {
  pen.font = style.font
  const room = { maxWidth: WIDTH - 160, maxLines: style.maxLines }
  return { style, lines: wrap(text, room, (part) => pen.measureText(part).width) }
}

/** Answers where the next block may begin. */
function write(pen: Pen, { style, lines }: Block, top: number): number {
  pen.font = style.font
  pen.fillStyle = style.color
  lines.forEach((line, i) => {
    pen.fillText(line, CENTER, top + (i + 0.5) * style.lineHeight)
  })
  return top + lines.length * style.lineHeight
}

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly radius: number
}

function fill(pen: Pen, color: string, box: Box): void {
  outline(pen, box)
  pen.fillStyle = color
  pen.fill()
}

/** By arcs: not every WeChat has `roundRect`. */
function outline(pen: Pen, { x, y, width, height, radius }: Box): void {
  const [right, bottom] = [x + width, y + height]
  pen.beginPath()
  pen.moveTo(x + radius, y)
  pen.arcTo(right, y, right, bottom, radius)
  pen.arcTo(right, bottom, x, bottom, radius)
  pen.arcTo(x, bottom, x, y, radius)
  pen.arcTo(x, y, right, y, radius)
  pen.closePath()
}
