import { BillError } from '../../domain/bill.ts'

/** No row of WeChat's comes near it; without a limit, a file without lines would fill the memory. */
const MAX_LINE_CHARACTERS = 65_536

export interface Lines {
  /** The lines that are whole by now. */
  push(text: string): string[]
  /** What stands after the last end of a line. */
  rest(): string
}

/** Cuts text that comes in pieces into lines, with either kind of line end. */
export function createLines(): Lines {
  let rest = ''
  return {
    push(text) {
      const lines = (rest + text).split('\n')
      rest = lines.pop() ?? ''
      if (rest.length > MAX_LINE_CHARACTERS) throw new BillError('unreadable', 'a line has no end')
      return lines.map(withoutReturn)
    },
    rest: () => withoutReturn(rest),
  }
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line
}
