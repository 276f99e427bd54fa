import { Image, Text, View } from '@tarojs/components'
import { aria } from './aria'
import './avatar.scss'

interface Props {
  /** `null` is somebody anonymous. */
  readonly name: string | null
  readonly url?: string | null
  readonly size?: 'small' | 'medium' | 'large'
}

/** A picture, or a seal with the first character of the name, as painters sign. */
export function Avatar({ name, url = null, size = 'medium' }: Props) {
  if (url !== null) {
    return (
      <Image
        className={`avatar ${size}`}
        src={url}
        mode="aspectFill"
        {...aria({ label: name ?? '', role: 'img' })}
      />
    )
  }
  const [character = '赏'] = name ?? '匿'
  return (
    <View
      className={`avatar seal ${size}${name === null ? ' is-anonymous' : ''}`}
      {...aria({ isHidden: true })}
    >
      <Text>{character.toUpperCase()}</Text>
    </View>
  )
}
