import { Text, View } from '@tarojs/components'
import { formatYuan } from '@dashang/shared/money'
import { NEXT_STEPS } from '../flow/endings'
import type { TipResult } from '../flow/tip'
import type { TipEnding } from '../flow/tip-ending'
import { errorWords } from '../words/errors'
import { useWords } from '../words/use-words'
import { Action } from './action'
import { aria } from './aria'
import './tip-result.scss'

/** The character on the seal of an ending, in every language: it is drawn, not read. */
const MARKS = {
  paid: '谢',
  already_paid: '已',
  cancelled: '止',
  failed: '未',
  unconfirmed: '候',
  closed: '闭',
  offline: '断',
  busy: '忙',
  refused: '改',
  unpayable: '歇',
} as const satisfies Record<TipEnding, string>

/** These have their own words; others add what the server said. */
const SAYS_ALL: ReadonlySet<TipEnding> = new Set(['already_paid', 'offline', 'closed'])

interface Props {
  readonly result: TipResult
  /** The question is on its way again. */
  readonly isAsking: boolean
  readonly onAction: () => void
  readonly onDismiss: () => void
}

/** Every ending but thanks: what happened to the money, and one next step. */
export function TipResultView({ result, isAsking, onAction, onDismiss }: Props) {
  const words = useWords()
  const { kind, tip, code } = result
  const { title, text, action } = words.results[kind]
  return (
    <View className={`tip-result ${kind}`} id={`result-${kind}`}>
      <View className="result-mark" {...aria({ isHidden: true })}>
        <Text>{MARKS[kind]}</Text>
      </View>
      <View className="result-words" {...aria({ role: 'alert' })}>
        <Text className="result-title">{title}</Text>
        <Text className="result-text">{text(formatYuan(tip.amountFen))}</Text>
        {code !== undefined && !SAYS_ALL.has(kind) && (
          <Text className="result-reason">{errorWords(words, code)}</Text>
        )}
      </View>
      <View className="result-actions">
        <Action id="result-action" isBusy={isAsking} onTap={onAction}>
          {action}
        </Action>
        {NEXT_STEPS[kind] !== 'go_back' && (
          <Action id="result-dismiss" kind="quiet" onTap={onDismiss}>
            {words.common.back}
          </Action>
        )}
      </View>
    </View>
  )
}
