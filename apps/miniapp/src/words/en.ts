import { formatYuan } from '@dashang/shared/money'
import { errors, refundStates, results, thanks } from './en-payment'
import type { Words } from './zh'

const tip = {
  title: 'Tip',
  supporters: (count: number) => (count === 1 ? '1 supporter' : `${count} supporters`),
  noSupporters: 'Nobody has tipped yet; be the first',
  latest: 'Latest support',
  wall: "Supporters' wall",
  records: 'My tips',
  choose: 'Choose an amount',
  custom: 'Other amount',
  customOf: (amount: string) => `Other amount ${amount}`,
  message: 'Message',
  messageHint: 'Say something (optional, public)',
  messageLeft: (left: number) => `${left} characters left`,
  messageTooLong: (over: number) => `${over} characters too many`,
  notPlain: 'There are characters that cannot be shown',
  name: 'Name',
  nameHint: 'Optional',
  anonymous: 'Stay anonymous',
  anonymousHint: 'The wall will not show your name',
  pay: (amount: string) => `Tip ${amount}`,
  paying: 'Opening WeChat Pay…',
  cashier: 'WeChat Pay',
  inDoubt: (amount: string) => `${amount} is waiting for WeChat`,
  see: 'See',
  unknownTitle: 'No such creator',
  unknownText: 'The link or the code may be incomplete or out of use',
  retiredTitle: 'No more tips here',
  retiredText: 'Thank you for the thought. All support given so far stays here',
  goDefault: 'Go to the start',
}

const goal = {
  progress: (raised: string, target: string) => `${raised} of ${target}`,
  percent: (percent: number) => `${percent}%`,
  reached: 'Goal reached',
}

const keypad = {
  title: 'Enter an amount',
  limits: (min: string, max: string) => `From ${min} to ${max}`,
  tooMuch: (max: string) => `At most ${max} at once`,
  tooLittle: (min: string) => `At least ${min}`,
  decimals: 'Two decimals at most',
  erase: 'Erase one digit',
  point: 'Point',
  confirm: 'OK',
  cancel: 'Cancel',
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

const records = {
  title: 'My tips',
  empty: 'No tips yet',
  emptyText: 'Every tip you give stays here',
  goTip: 'Give one',
  month: (year: number, month: number) => `${MONTHS[month - 1] ?? ''} ${year}`,
  end: 'That is all',
  more: 'Load more',
  loadingMore: 'Loading more…',
  pay: 'Pay',
  states: {
    paid: 'Paid',
    waiting: 'Waiting for WeChat',
    open: 'To pay',
    expired: 'Expired',
    closed: 'Closed',
  },
  refund: (state: keyof typeof refundStates, amountFen: number) =>
    `${refundStates[state]} ${formatYuan(amountFen)}`,
}

const record = {
  title: 'Tip',
  to: 'To',
  paidAt: 'Paid',
  createdAt: 'Ordered',
  receipt: 'Receipt',
  transaction: 'WeChat Pay no.',
  orderId: 'Order no.',
  message: 'Message',
  name: 'Name',
  anonymous: 'Anonymous',
  messageStates: { none: '', pending: 'Shown after a check', shown: '', hidden: 'Not shown' },
  noted: (message: string, note: string) => `${message} (${note})`,
  refunds: 'Refunds',
  pay: 'Go on paying',
  copy: 'Copy the order number',
  copied: 'Copied',
  help: 'A problem? Send us the order number and we will look into it.',
  tipAgain: 'Tip once more',
  gone: 'No such tip',
}

const wall = {
  title: "Supporters' wall",
  latest: 'Latest',
  ranking: 'Ranking',
  periods: { day: 'Today', week: 'Week', month: 'Month', all: 'All' },
  anonymous: 'An anonymous friend',
  times: (count: number) => (count === 1 ? 'once' : `${count} times`),
  rank: (rank: number) => `Rank ${rank}`,
  empty: 'Nobody is here yet',
  emptyText: 'The first supporter will appear here',
  since: {
    day: 'Since midnight',
    week: 'Since Monday',
    month: 'Since the first of the month',
    all: 'Since the first tip',
  },
}

const common = {
  retry: 'Load again',
  loading: 'Loading',
  back: 'Back',
  failed: 'This did not load',
  notCopied: 'It was not copied; please try again',
  justNow: 'just now',
  minutesAgo: (minutes: number) => `${minutes} min ago`,
  hoursAgo: (hours: number) => `${hours} h ago`,
  daysAgo: (days: number) => (days === 1 ? 'yesterday' : `${days} days ago`),
  switchLanguage: '中文',
  switchLanguageLabel: '切换到中文',
}

export const en = {
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
} satisfies Words
