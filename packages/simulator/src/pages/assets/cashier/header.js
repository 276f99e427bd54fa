import { h } from '../dom.js'
import { texts } from './texts.js'

/**
 * The head of every stage: a way out at the left, the title in the middle.
 * @param {{ id: string, label: string, sign: string, act: () => void } | null} exit
 */
export function header(exit) {
  return h(
    'header',
    {},
    exit &&
      h(
        'button',
        { id: exit.id, type: 'button', class: 'exit', 'aria-label': exit.label, onclick: exit.act },
        h('span', { 'aria-hidden': 'true' }, exit.sign),
      ),
    h('h1', { id: 'title' }, texts.title),
  )
}
