import { Text, View } from '@tarojs/components'
import { formatYuan } from '@dashang/shared/money'
import { hintOf, isPayable, KEYS, type Entry, type Key, type Limits } from '../flow/keypad'
import { useWords } from '../words/use-words'
import type { Words } from '../words/zh'
import { Action } from './action'
import { aria } from './aria'
import './keypad.scss'

interface Props {
  readonly entry: Entry
  readonly limits: Limits
  readonly onKey: (key: Key) => void
  readonly onConfirm: () => void
  readonly onCancel: () => void
}

/** Our own keys: the phone's would offer what is no amount. */
export function Keypad({ entry, limits, onKey, onConfirm, onCancel }: Props) {
  const { keypad } = useWords()
  return (
    <View className="keypad" id="keypad">
      <View className="keypad-shade" onClick={onCancel} {...aria({ isHidden: true })} />
      <View className="keypad-sheet" {...aria({ label: keypad.title, role: 'dialog' })}>
        <View className="keypad-head">
          <Text className="keypad-title">{keypad.title}</Text>
          <View
            id="keypad-cancel"
            className="keypad-cancel"
            {...aria({ role: 'button' })}
            onClick={onCancel}
          >
            <Text>{keypad.cancel}</Text>
          </View>
        </View>
        <View className="keypad-field">
          <Text className="keypad-sign">¥</Text>
          <Text className="keypad-text" id="keypad-text">
            {entry.text}
          </Text>
          <View className="keypad-caret" {...aria({ isHidden: true })} />
        </View>
        <HintLine entry={entry} limits={limits} words={keypad} />
        <View className="keypad-keys">
          {KEYS.map((key) => (
            <KeyCap key={key} name={key} onKey={onKey} />
          ))}
        </View>
        <Action id="keypad-confirm" isDisabled={!isPayable(entry.text, limits)} onTap={onConfirm}>
          {keypad.confirm}
        </Action>
      </View>
    </View>
  )
}

function HintLine({
  entry,
  limits,
  words,
}: {
  entry: Entry
  limits: Limits
  words: Words['keypad']
}) {
  const [min, max] = [formatYuan(limits.minFen), formatYuan(limits.maxFen)]
  const hint = hintOf(entry, limits)
  const texts = {
    limits: words.limits(min, max),
    too_much: words.tooMuch(max),
    too_little: words.tooLittle(min),
    decimals: words.decimals,
  }
  const isWarning = hint !== 'limits'
  return (
    <View
      className={`keypad-hint${isWarning ? ' is-warning' : ''}`}
      {...(isWarning && aria({ role: 'alert' }))}
    >
      <Text id="keypad-hint">{texts[hint]}</Text>
    </View>
  )
}

function KeyCap({ name, onKey }: { name: Key; onKey: (key: Key) => void }) {
  const { keypad } = useWords()
  const labels: Partial<Record<Key, string>> = { erase: keypad.erase, '.': keypad.point }
  return (
    <View
      id={`key-${name === '.' ? 'point' : name}`}
      className={`keypad-key is-${name === 'erase' ? 'erase' : 'figure'}`}
      hoverClass="is-pressed"
      hoverStayTime={40}
      {...aria({ label: labels[name] ?? name, role: 'button' })}
      onClick={() => {
        onKey(name)
      }}
    >
      <Text>{name === 'erase' ? '⌫' : name}</Text>
    </View>
  )
}
