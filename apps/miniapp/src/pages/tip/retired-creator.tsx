import { View } from '@tarojs/components'
import type { CreatorPage } from '@dashang/shared/contracts/creators'
import { Notice } from '../../components/notice'
import type { PaymentControls } from '../../flow/use-payment'
import { useWords } from '../../words/use-words'
import { Below, Side } from './creator-form'

interface Props {
  readonly creator: CreatorPage
  readonly payment: PaymentControls
}

/** Who takes no tips any more: what was given is still to be seen, and a tip in doubt is, too. */
export function RetiredCreator({ creator, payment }: Props) {
  const { tip } = useWords()
  return (
    <View className="tip-columns">
      <Side creator={creator} payment={payment} />
      <View className="tip-main">
        <Notice mark="谢" title={tip.retiredTitle} text={tip.retiredText} />
        <Below creator={creator} />
      </View>
    </View>
  )
}
