import { formatYuan } from '@dashang/shared/money'
import { errors, refundStates, results, thanks } from './zh-payment'

const tip = {
  title: '打赏',
  supporters: (count: number) => `${count} 人支持过`,
  noSupporters: '还没有人打赏，做第一个吧',
  latest: '最近的支持',
  wall: '支持者墙',
  records: '我的打赏',
  choose: '选择金额',
  custom: '其他金额',
  customOf: (amount: string) => `其他金额 ${amount}`,
  message: '留言',
  messageHint: '说点什么吧（选填，所有人可见）',
  messageLeft: (left: number) => `还可以写 ${left} 个字`,
  messageTooLong: (over: number) => `超出 ${over} 个字`,
  notPlain: '含有无法显示的字符',
  name: '昵称',
  nameHint: '选填，留个名字',
  anonymous: '匿名打赏',
  anonymousHint: '支持者墙上不显示你的名字',
  pay: (amount: string) => `打赏 ${amount}`,
  paying: '正在打开微信支付…',
  cashier: '微信支付',
  inDoubt: (amount: string) => `${amount} 正在等待微信确认`,
  see: '查看',
  unknownTitle: '没有找到这位创作者',
  unknownText: '链接或二维码可能不完整，也可能已经停用',
  retiredTitle: '不再接受打赏',
  retiredText: '感谢你的心意，收到过的每一份支持都会留在这里',
  goDefault: '去首页看看',
}

const goal = {
  progress: (raised: string, target: string) => `已筹 ${raised} / 目标 ${target}`,
  percent: (percent: number) => `${percent}%`,
  reached: '目标达成',
}

const keypad = {
  title: '输入金额',
  limits: (min: string, max: string) => `${min} 到 ${max} 之间`,
  tooMuch: (max: string) => `一次最多 ${max}`,
  tooLittle: (min: string) => `一次至少 ${min}`,
  decimals: '最多两位小数',
  erase: '删除一位',
  point: '小数点',
  confirm: '确定',
  cancel: '取消',
}

const records = {
  title: '我的打赏',
  empty: '还没有打赏过',
  emptyText: '你打赏过的每一笔都会留在这里',
  goTip: '去打赏',
  month: (year: number, month: number) => `${year} 年 ${month} 月`,
  end: '没有更多了',
  more: '加载更多',
  loadingMore: '正在加载更多…',
  pay: '去支付',
  states: {
    paid: '已支付',
    waiting: '等待微信确认',
    open: '待支付',
    expired: '已过期',
    closed: '已关闭',
  },
  refund: (state: keyof typeof refundStates, amountFen: number) =>
    `${refundStates[state]} ${formatYuan(amountFen)}`,
}

const record = {
  title: '打赏详情',
  to: '打赏给',
  paidAt: '支付时间',
  createdAt: '下单时间',
  receipt: '收据编号',
  transaction: '微信支付单号',
  orderId: '订单号',
  message: '留言',
  name: '署名',
  anonymous: '匿名',
  messageStates: { none: '', pending: '审核中，通过后显示', shown: '', hidden: '未公开显示' },
  noted: (message: string, note: string) => `${message}（${note}）`,
  refunds: '退款进度',
  pay: '继续支付',
  copy: '复制订单号',
  copied: '已复制',
  help: '遇到问题？把订单号发给客服，我们会尽快查清。',
  tipAgain: '再打赏一次',
  gone: '没有找到这笔打赏',
}

const wall = {
  title: '支持者墙',
  latest: '最新',
  ranking: '排行',
  periods: { day: '今日', week: '本周', month: '本月', all: '全部' },
  anonymous: '匿名的朋友',
  times: (count: number) => `${count} 次`,
  rank: (rank: number) => `第 ${rank} 名`,
  empty: '还没有人上墙',
  emptyText: '第一位支持者会出现在这里',
  since: { day: '从今天零点起', week: '从周一零点起', month: '从本月一日起', all: '从第一笔起' },
}

const common = {
  retry: '重新加载',
  loading: '正在加载',
  back: '返回',
  failed: '没有加载出来',
  notCopied: '没有复制成功，请再试一次',
  justNow: '刚刚',
  minutesAgo: (minutes: number) => `${minutes} 分钟前`,
  hoursAgo: (hours: number) => `${hours} 小时前`,
  daysAgo: (days: number) => `${days} 天前`,
  switchLanguage: 'English',
  switchLanguageLabel: 'Switch to English',
}

/** What the product says, in Chinese: the shape that every other language has to fill. */
export const zh = {
  common,
  tip,
  goal,
  keypad,
  results,
  errors,
  refundStates,
  records,
  record,
  wall,
  thanks,
}

/** Text by text what a language has to say; one that lacks a word does not compile. */
export type Words = Shape<typeof zh>

type Shape<T> = T extends string
  ? string
  : T extends (...values: infer Values) => string
    ? (...values: Values) => string
    : { readonly [Key in keyof T]: Shape<T[Key]> }
