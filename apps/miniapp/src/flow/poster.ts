/** What a canvas has to offer; WeChat's and the browser's do. */
export interface Pen {
  fillStyle: unknown
  strokeStyle: unknown
  lineWidth: number
  font: string
  textAlign: string
  textBaseline: string
  fillRect(x: number, y: number, width: number, height: number): void
  strokeRect(x: number, y: number, width: number, height: number): void
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

const CENTER = POSTER_SIZE.width / 2
const MAX_LINES = 5
const LINE_HEIGHT = 56
const PAPER = '#f4f1ea'
const CARD = '#fffdf9'
const INK = '#221f1a'
const FAINT = '#6a6359'
const SEAL = '#b83a26'
const ON_SEAL = '#fff8ef'

/** Draws the whole poster; nothing is fetched for it, so it cannot come out half. */
export function drawPoster(pen: Pen, { name, line, thanks, foot }: Poster): void {
  const { width, height } = POSTER_SIZE
  pen.textAlign = 'center'
  pen.textBaseline = 'middle'
  box(pen, PAPER, [0, 0, width, height])
  box(pen, CARD, [40, 40, width - 80, height - 80])
  drawSeal(pen, name)
  write(pen, { text: name, y: 310, font: 'bold 44px serif', color: INK })
  write(pen, { text: line, y: 366, font: '26px sans-serif', color: FAINT })
  pen.font = '34px serif'
  const lines = wrap(thanks, width - 180, (text) => pen.measureText(text).width)
  lines.forEach((text, i) => {
    write(pen, { text, y: 460 + i * LINE_HEIGHT, font: '34px serif', color: INK })
  })
  box(pen, SEAL, [CENTER - 24, height - 160, 48, 3])
  write(pen, { text: foot, y: height - 110, font: '22px sans-serif', color: FAINT })
}

/** Lines that fit, broken between any two characters as Chinese is; the last may end in «…». */
export function wrap(
  text: string,
  maxWidth: number,
  widthOf: (text: string) => number,
): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const character of text) {
    if (widthOf(line + character) > maxWidth) {
      lines.push(line.trim())
      line = ''
    }
    line += character
  }
  lines.push(line.trim())
  if (lines.length <= MAX_LINES) return lines
  const last = lines[MAX_LINES - 1] ?? ''
  return [...lines.slice(0, MAX_LINES - 1), `${last.slice(0, -1)}…`]
}

function drawSeal(pen: Pen, name: string): void {
  const [character = '赏'] = name
  box(pen, SEAL, [CENTER - 72, 110, 144, 144])
  pen.strokeStyle = ON_SEAL
  pen.lineWidth = 3
  pen.strokeRect(CENTER - 62, 120, 124, 124)
  write(pen, { text: character.toUpperCase(), y: 184, font: 'bold 76px serif', color: ON_SEAL })
}

function box(
  pen: Pen,
  color: string,
  [x, y, width, height]: readonly [number, number, number, number],
) {
  pen.fillStyle = color
  pen.fillRect(x, y, width, height)
}

interface Line {
  readonly text: string
  readonly y: number
  readonly font: string
  readonly color: string
}

function write(pen: Pen, { text, y, font, color }: Line): void {
  pen.font = font
  pen.fillStyle = color
  pen.fillText(text, CENTER, y)
}
