import { Button, Text, View } from '@tarojs/components'
import { formatYuan } from '@dashang/shared/money'
import { TipResultView } from '../../components/tip-result'
import { openRecords } from '../../lib/navigation'
import { AMOUNTS_FEN } from './amounts'
import './index.scss'
import { useTip } from './use-tip'

export default function TipPage() {
  const { phase, choose, proceed, dismiss } = useTip()
  if (phase.kind === 'done') {
    return (
      <View className="tip-page">
        <TipResultView result={phase.result} onAction={proceed} onDismiss={dismiss} />
        <RecordsLink />
      </View>
    )
  }

  const isPaying = phase.kind === 'paying'
  return (
    <View className="tip-page">
      <View className="head">
        <View className="avatar">
          <Text>赏</Text>
        </View>
        <Text className="title">喜欢就打赏一下</Text>
        <Text className="faint">选一个金额，用微信支付</Text>
      </View>
      <View className="amounts">
        {AMOUNTS_FEN.map((fen) => (
          <Button
            key={fen}
            id={`amount-${String(fen)}`}
            className="choice"
            // The preview shows `disabled={false}` as disabled.
            {...(isPaying && { disabled: true })}
            loading={isPaying && phase.tip.amountFen === fen}
            onClick={() => {
              choose(fen)
            }}
          >
            {formatYuan(fen)}
          </Button>
        ))}
      </View>
      <RecordsLink />
    </View>
  )
}

function RecordsLink() {
  return (
    <Button className="records" id="open-records" onClick={openRecords}>
      我的打赏
    </Button>
  )
}
