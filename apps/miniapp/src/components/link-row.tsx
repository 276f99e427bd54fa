import { Text, View } from '@tarojs/components'
import { aria } from './aria'
import './link-row.scss'

interface Props {
  readonly id: string
  readonly text: string
  readonly label?: string
  readonly onTap: () => void
}

/** Leads somewhere else, quietly. */
export function LinkRow({ id, text, label, onTap }: Props) {
  return (
    <View
      id={id}
      className="link"
      hoverClass="is-pressed"
      {...aria({ role: 'button', label: label ?? text })}
      onClick={onTap}
    >
      <Text>{text}</Text>
    </View>
  )
}
