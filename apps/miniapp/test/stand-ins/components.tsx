import type { FormEvent, PropsWithChildren } from 'react'
import { phone } from '../support/phone'

/** Taro's components as a browser has them, as much as our pages use, with what a screen reader is told. */
interface Told {
  readonly ariaLabel?: string
  readonly ariaRole?: string
  readonly ariaChecked?: string
  readonly ariaHidden?: string
}

interface Given extends Told {
  readonly id?: string
  readonly onClick?: () => void
}

interface Field extends Given {
  readonly value: string
  readonly placeholder?: string
  readonly onInput: (event: { detail: { value: string } }) => void
}

/** A tab is selected where all else is checked; a mini-program has one attribute for both. */
function attributesOf({ id, onClick, ariaLabel, ariaRole, ariaChecked, ariaHidden }: Given) {
  const state = ariaRole === 'tab' ? 'aria-selected' : 'aria-checked'
  return {
    id,
    onClick,
    role: ariaRole,
    'aria-label': ariaLabel,
    [state]: ariaChecked,
    'aria-hidden': ariaHidden === 'true' ? true : undefined,
  }
}

function fieldOf(props: Field) {
  const { value, placeholder, onInput } = props
  return {
    ...attributesOf(props),
    value,
    placeholder,
    onChange: () => undefined,
    onInput: ({ currentTarget }: FormEvent<HTMLInputElement | HTMLTextAreaElement>) => {
      onInput({ detail: { value: currentTarget.value } })
    },
  }
}

export const View = (props: PropsWithChildren<Given>) => (
  <div {...attributesOf(props)}>{props.children}</div>
)

export const Text = (props: PropsWithChildren<Given>) => (
  <span {...attributesOf(props)}>{props.children}</span>
)

interface Pressed extends Given {
  readonly disabled?: boolean
  readonly openType?: 'share'
}

/** As in the preview, one that is disabled is tapped all the same: React would not tell of it. */
export const Button = (props: PropsWithChildren<Pressed>) => {
  const { disabled, openType, onClick, ...rest } = props
  const press = () => {
    if (openType === 'share') openSheet()
    onClick?.()
  }
  return (
    <span onClick={press}>
      <button {...attributesOf(rest)} disabled={disabled}>
        {rest.children}
      </button>
    </span>
  )
}

/** WeChat's sheet of chats, which asks the page what it is to send. */
function openSheet(): void {
  phone.shared.push(...[...(phone.hooks.get('useShareAppMessage') ?? [])].map((ask) => ask()))
}

export const Image = (props: Given & { readonly src: string }) => (
  <img {...attributesOf(props)} src={props.src} />
)

export const Input = (props: Field) => <input {...fieldOf(props)} />

export const Textarea = (props: Field) => <textarea {...fieldOf(props)} />
