import { Button, Text } from '@tarojs/components'
import type { PropsWithChildren } from 'react'
import './action.scss'
import { aria } from './aria'

interface Props {
  readonly id: string
  readonly kind?: 'primary' | 'secondary' | 'quiet'
  readonly isDisabled?: boolean
  readonly isBusy?: boolean
  readonly label?: string
  /** WeChat opens its sheet of chats on the tap. */
  readonly isShare?: boolean
  readonly onTap?: () => void
}

/** The one button of the app, in three weights. */
export function Action(props: PropsWithChildren<Props>) {
  const { id, kind = 'primary', isDisabled = false, isBusy = false, isShare = false } = props
  const isDead = isDisabled || isBusy
  return (
    <Button
      id={id}
      className={`action ${kind}${isDisabled ? ' is-disabled' : ''}`}
      hoverClass="is-pressed"
      // The preview shows `disabled={false}` as disabled.
      {...(isDead && { disabled: true })}
      {...(isShare && { openType: 'share' as const })}
      {...aria({ role: 'button', ...(props.label !== undefined && { label: props.label }) })}
      // The preview taps a disabled button all the same.
      {...(props.onTap !== undefined && !isDead && { onClick: props.onTap })}
    >
      {isBusy && <Text className="action-spinner" {...aria({ isHidden: true })} />}
      <Text className="action-text">{props.children}</Text>
    </Button>
  )
}
