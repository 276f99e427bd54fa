import { Text } from '@tarojs/components'
import { formatYuan } from '@dashang/shared/money'
import './amount.scss'

interface Props {
  readonly fen: number
  readonly size?: 'small' | 'medium' | 'large' | 'huge'
  /** Leaves out `.00`, as on a price tag. */
  readonly isShort?: boolean
}

/** An amount with a small sign and large figures. */
export function Amount({ fen, size = 'medium', isShort = false }: Props) {
  const [whole = '', fraction = ''] = formatYuan(fen).slice(1).split('.')
  const figures = isShort && fraction === '00' ? whole : `${whole}.${fraction}`
  return (
    <Text className={`amount ${size}`}>
      <Text className="amount-sign">¥</Text>
      {figures}
    </Text>
  )
}
