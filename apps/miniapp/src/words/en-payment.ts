import type { ErrorWords, RefundStateWords, ResultWords } from './shapes'

export const results = {
  paid: {
    title: 'Thank you',
    text: (amount) => `Your ${amount} has arrived`,
    action: 'Done',
  },
  already_paid: {
    title: 'Already paid',
    text: (amount) => `Your ${amount} arrived before; nothing was charged again`,
    action: 'See this tip',
  },
  cancelled: {
    title: 'Payment cancelled',
    text: (amount) => `${amount} was not charged; come back any time`,
    action: 'Go on paying',
  },
  failed: {
    title: 'The payment failed',
    text: (amount) => `${amount} was not charged; you can try again`,
    action: 'Try again',
  },
  unconfirmed: {
    title: 'Waiting for WeChat',
    text: (amount) =>
      `If you have paid ${amount}, please do not pay again. We keep asking, also when you leave this page`,
    action: 'Ask again',
  },
  closed: {
    title: 'This order is closed',
    text: (amount) => `${amount} was not charged; you can start a new one`,
    action: 'Tip anew',
  },
  offline: {
    title: 'No connection',
    text: (amount) => `${amount} was not charged; check the network and try again`,
    action: 'Try again',
  },
  busy: {
    title: 'Busy right now',
    text: (amount) => `${amount} was not charged; please try again in a moment`,
    action: 'Try again',
  },
  refused: {
    title: 'Something needs a change',
    text: (amount) => `${amount} was not charged`,
    action: 'Go back and change',
  },
  unpayable: {
    title: 'No tips here now',
    text: (amount) => `${amount} was not charged`,
    action: 'All right',
  },
} as const satisfies ResultWords

export const thanks = {
  from: (name: string) => `${name} says`,
  fallback: 'Every bit of it means a lot to me. Thank you!',
  share: 'Share with friends',
  linkCopied: 'Link copied: send it to your friends',
  poster: 'Save a poster',
  saved: 'Saved to the album',
  downloaded: 'Downloaded',
  notSaved: 'The poster was not saved; please try again',
  denied: 'Without access to the album the poster cannot be saved',
  openSettings: 'Open',
  settingsNotOpened: 'The settings did not open; you find them under “···” above',
  shareTitle: (name: string) => `I have just supported ${name}; have a look`,
  pageTitle: (name: string) => `Do you like the work of ${name}? Leave a tip`,
  posterLine: 'has just received a tip',
  posterFoot: 'Find the mini-program in WeChat and join in',
}

export const errors = {
  OFFLINE: 'No connection; check the network and try again',
  INTERNAL: 'The service is not available right now; please try again later',
  NOT_READY: 'The service is starting; please try again in a moment',
  DATABASE_BUSY: 'The service is busy; please try again in a moment',
  INVALID_REQUEST: 'The request is not valid',
  RATE_LIMITED: 'Too many tries; please wait a moment',
  UNAUTHENTICATED: 'The session has ended; please try again',
  LOGIN_CODE_INVALID: 'The login code has expired; please try again',
  LOGIN_CODE_USED: 'The login code was used before; please try again',
  LOGIN_REFUSED: 'WeChat takes this account for risky; it cannot log in now',
  LOGIN_TOO_OFTEN: 'Too many logins; please try again in a minute',
  WECHAT_BUSY: 'WeChat is busy; please try again later',
  WECHAT_TIMEOUT: 'WeChat did not answer in time; please try again',
  WECHAT_REFUSED: 'Payment is not possible now; please contact the merchant',
  WECHAT_UNTRUSTED: "WeChat's answer was not sound; please try again",
  AMOUNT_NOT_ALLOWED: 'The amount is out of range; please choose another',
  CREATOR_NOT_FOUND: 'No such creator; please check the link or the code',
  CREATOR_RETIRED: 'This creator takes no more tips; thank you for the thought',
  MESSAGE_NOT_ALLOWED: 'The message is too long or has characters that cannot be shown',
  NAME_NOT_ALLOWED: 'The name is too long or has characters that cannot be shown',
  MESSAGE_REFUSED: 'Message or name did not pass the content check; please change it',
  ORDER_NOT_FOUND: 'No such tip',
  ORDER_CONFLICT: 'The order has another content; please choose the amount again',
  ORDER_PAID: 'This tip is paid already',
  ORDER_CLOSED: 'The order is closed; please choose the amount again',
  ORDER_EXPIRED: 'The order has expired; please choose the amount again',
} as const satisfies ErrorWords

export const refundStates = {
  processing: 'Refund on its way',
  succeeded: 'Refunded',
  failed: 'Refund did not succeed',
} as const satisfies RefundStateWords
