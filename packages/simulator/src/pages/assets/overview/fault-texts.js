import { language } from '../language.js'

/** @typedef {import('../../../fault-rule.ts').FaultOption} Option */
/** @typedef {{ label: string, hint: string }} Text */

/** What each option of a rule is called, and what an empty field means or a full one looks like. */
const OPTIONS = /** @satisfies {Record<string, Readonly<Record<Option, Text>>>} */ ({
  en: {
    times: { label: 'How often', hint: 'until removed' },
    after: { label: 'How many pass first', hint: '0' },
    every: { label: 'Each so manieth', hint: '1' },
    orders: { label: 'Only these orders', hint: 'out_trade_no, …' },
    words: { label: 'Only texts with', hint: 'word, word' },
    seconds: { label: 'Seconds', hint: '2' },
    copies: { label: 'Copies', hint: '5' },
    field: { label: 'Field', hint: 'total_fee' },
  },
  zh: {
    times: { label: '次数', hint: '直到移除' },
    after: { label: '先放过几次', hint: '0' },
    every: { label: '每几次一次', hint: '1' },
    orders: { label: '只对这些订单', hint: 'out_trade_no, …' },
    words: { label: '只对含这些词的文本', hint: '词, 词' },
    seconds: { label: '秒数', hint: '2' },
    copies: { label: '份数', hint: '5' },
    field: { label: '字段', hint: 'total_fee' },
  },
})

export const optionTexts = OPTIONS[language()]
