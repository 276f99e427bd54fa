import { call } from '../api.js'
import { byId, h } from '../dom.js'
import { button, say } from './action.js'
import { heading } from './list.js'
import { texts } from './texts.js'

/** What concerns everything at once. */
export function createPlatformTools() {
  byId('platform').replaceChildren(
    heading('platform'),
    h(
      'div',
      { class: 'tools' },
      button({
        id: 'save',
        text: texts.save,
        async work() {
          await call('POST', '/_sim/save')
          say(texts.saved)
        },
      }),
      button({
        id: 'reset',
        text: texts.reset,
        kind: 'danger',
        async work() {
          if (confirm(texts.resetQuestion)) await call('POST', '/_sim/reset')
        },
      }),
    ),
  )
}
