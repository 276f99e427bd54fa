import { Input, Text, Textarea, View } from '@tarojs/components'
import { textState } from '../flow/message'
import type { TipForm } from '../flow/tip-form'
import { useWords } from '../words/use-words'
import type { Words } from '../words/zh'
import { aria } from './aria'
import './words-card.scss'

interface Props {
  readonly form: TipForm
  readonly messageMaxLength: number
  readonly nameMaxLength: number
  readonly onChange: (change: Partial<TipForm>) => void
}

/** What goes with the money: some words, and who says them. */
export function WordsCard({ form, messageMaxLength, nameMaxLength, onChange }: Props) {
  const { tip } = useWords()
  return (
    <View className="card words-card">
      <Textarea
        id="message"
        className="words-input"
        value={form.message}
        placeholder={tip.messageHint}
        placeholderClass="words-placeholder"
        // We count characters as the server does; WeChat counts others, and cuts.
        maxlength={-1}
        disableDefaultPadding
        cursorSpacing={120}
        {...aria({ label: tip.message })}
        onInput={({ detail }) => {
          onChange({ message: detail.value })
        }}
      />
      <CountLine id="message-count" text={form.message} maxLength={messageMaxLength} />
      {!form.isAnonymous && (
        <NameRow name={form.name} maxLength={nameMaxLength} onChange={onChange} />
      )}
      <AnonymousRow isAnonymous={form.isAnonymous} onChange={onChange} />
    </View>
  )
}

interface NameRowProps extends Pick<Props, 'onChange'> {
  readonly name: string
  readonly maxLength: number
}

function NameRow({ name, maxLength, onChange }: NameRowProps) {
  const words = useWords()
  const problem = problemWords({ text: name, maxLength }, words)
  return (
    <View>
      <View className="words-row">
        <Text className="words-label">{words.tip.name}</Text>
        <Input
          id="name"
          className="words-name"
          // WeChat offers the person's own nickname above its keyboard.
          type="nickname"
          value={name}
          placeholder={words.tip.nameHint}
          placeholderClass="words-placeholder"
          maxlength={-1}
          {...aria({ label: words.tip.name })}
          onInput={({ detail }) => {
            onChange({ name: detail.value })
          }}
        />
      </View>
      {problem !== null && (
        <Text className="words-count is-warning" {...aria({ role: 'alert' })}>
          {problem}
        </Text>
      )}
    </View>
  )
}

interface AnonymousRowProps extends Pick<Props, 'onChange'> {
  readonly isAnonymous: boolean
}

/** The whole row is the switch, as large as a finger wants it. */
function AnonymousRow({ isAnonymous, onChange }: AnonymousRowProps) {
  const { tip } = useWords()
  return (
    <View
      id="anonymous"
      className="words-row"
      {...aria({ role: 'switch', isChecked: isAnonymous })}
      onClick={() => {
        onChange({ isAnonymous: !isAnonymous })
      }}
    >
      <View className="words-switch-text">
        <Text>{tip.anonymous}</Text>
        <Text className="words-faint">{tip.anonymousHint}</Text>
      </View>
      <View className={`switch${isAnonymous ? ' is-on' : ''}`} {...aria({ isHidden: true })}>
        <View className="switch-thumb" />
      </View>
    </View>
  )
}

interface Counted {
  readonly text: string
  readonly maxLength: number
}

function problemWords({ text, maxLength }: Counted, { tip }: Words): string | null {
  const state = textState(text, maxLength)
  if (state.kind === 'fits') return null
  return state.kind === 'too_long' ? tip.messageTooLong(state.over) : tip.notPlain
}

function CountLine({ id, text, maxLength }: Counted & { readonly id: string }) {
  const words = useWords()
  const state = textState(text, maxLength)
  const problem = problemWords({ text, maxLength }, words)
  return (
    <Text
      id={id}
      className={`words-count${problem === null ? '' : ' is-warning'}`}
      {...(problem !== null && aria({ role: 'alert' }))}
    >
      {problem ?? words.tip.messageLeft(state.kind === 'fits' ? state.left : 0)}
    </Text>
  )
}
