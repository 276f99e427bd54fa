import { byId, h } from '../dom.js'
import { button, readLink, say } from './action.js'
import { heading } from './list.js'
import { texts } from './texts.js'

/** What a script reads, and a person in the address bar. */
const READ = /** @type {const} */ (['readState', 'readLog', 'readEvents', 'readFaults', 'readKeys'])

/** What concerns everything at once. */
export function createPlatformTools() {
  const kept = h('p', { id: 'state-file', class: 'faint' })
  byId('platform').replaceChildren(
    heading('platform'),
    h(
      'div',
      { class: 'tools' },
      button({
        id: 'save',
        text: texts.save,
        does: 'save',
        then: () => {
          say(texts.saved)
        },
      }),
      button({
        id: 'reset',
        text: texts.reset,
        kind: 'danger',
        does: 'reset',
        question: texts.resetQuestion,
      }),
    ),
    kept,
    h(
      'ul',
      { class: 'links' },
      READ.map((reads) => h('li', {}, readLink({ reads }))),
    ),
  )
  return (/** @type {{ stateFile: string | null }} */ { stateFile }) => {
    kept.textContent = stateFile === null ? texts.noStateFile : texts.stateFile(stateFile)
  }
}
