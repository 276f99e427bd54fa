import type { ErrorWords, RefundStateWords, ResultWords } from './shapes'

export const results = {
  paid: {
    title: '谢谢你的心意',
    text: (amount) => `${amount} 已经送到`,
    action: '完成',
  },
  already_paid: {
    title: '这笔已经付过了',
    text: (amount) => `${amount} 早已到账，没有再次扣款`,
    action: '查看这笔打赏',
  },
  cancelled: {
    title: '已取消支付',
    text: (amount) => `${amount} 没有扣款，想好了随时再来`,
    action: '继续支付',
  },
  failed: {
    title: '支付没有成功',
    text: (amount) => `${amount} 没有扣款，可以再试一次`,
    action: '再试一次',
  },
  unconfirmed: {
    title: '正在等待微信确认',
    text: (amount) => `如果已经付了 ${amount}，请不要重复支付。我们会一直查询，离开这里也没有关系`,
    action: '再查一次',
  },
  closed: {
    title: '这笔订单已关闭',
    text: (amount) => `${amount} 没有扣款，可以重新下一单`,
    action: '重新打赏',
  },
  offline: {
    title: '网络连接失败',
    text: (amount) => `${amount} 没有扣款，请检查网络后再试`,
    action: '再试一次',
  },
  busy: {
    title: '现在有点忙',
    text: (amount) => `${amount} 没有扣款，请稍等片刻再试`,
    action: '再试一次',
  },
  refused: {
    title: '这笔打赏需要改一下',
    text: (amount) => `${amount} 没有扣款`,
    action: '返回修改',
  },
  unpayable: {
    title: '现在不能打赏',
    text: (amount) => `${amount} 没有扣款`,
    action: '知道了',
  },
} as const satisfies ResultWords

export const thanks = {
  from: (name: string) => `${name} 想对你说`,
  fallback: '每一份心意我都收到了，谢谢你！',
  share: '分享给朋友',
  linkCopied: '链接已复制，发给朋友吧',
  poster: '保存海报',
  saved: '已保存到相册',
  downloaded: '已下载',
  notSaved: '海报没有保存成功，请再试一次',
  denied: '没有相册权限，海报无法保存',
  openSettings: '去设置',
  settingsNotOpened: '没能打开设置，请从右上角「···」进入设置',
  shareTitle: (name: string) => `我刚刚支持了${name}，你也来看看吧`,
  pageTitle: (name: string) => `喜欢${name}的作品？来打赏支持一下吧`,
  posterLine: '刚刚收到一份心意',
  posterFoot: '在微信里搜索小程序，一起支持创作',
}

export const errors = {
  OFFLINE: '网络连接失败，请检查网络后重试',
  INTERNAL: '服务暂时不可用，请稍后再试',
  NOT_READY: '服务正在启动，请稍后再试',
  DATABASE_BUSY: '服务繁忙，请稍后再试',
  INVALID_REQUEST: '请求格式不正确',
  RATE_LIMITED: '操作过于频繁，请稍后再试',
  UNAUTHENTICATED: '登录已过期，请重试',
  LOGIN_CODE_INVALID: '登录凭证已失效，请重试',
  LOGIN_CODE_USED: '登录凭证已被使用，请重试',
  LOGIN_REFUSED: '该微信账号存在风险，暂时无法登录',
  LOGIN_TOO_OFTEN: '登录过于频繁，请一分钟后再试',
  WECHAT_BUSY: '微信繁忙，请稍后再试',
  WECHAT_TIMEOUT: '微信响应超时，请重试',
  WECHAT_REFUSED: '暂时无法支付，请联系商家',
  WECHAT_UNTRUSTED: '微信响应异常，请重试',
  AMOUNT_NOT_ALLOWED: '金额超出范围，请重新选择',
  CREATOR_NOT_FOUND: '没有找到这位创作者，请检查链接或二维码',
  CREATOR_RETIRED: '这位创作者已不再接受打赏，感谢你的心意',
  MESSAGE_NOT_ALLOWED: '留言过长或含有不支持的字符，请修改后再试',
  NAME_NOT_ALLOWED: '昵称过长或含有不支持的字符，请修改后再试',
  MESSAGE_REFUSED: '留言或昵称未通过内容安全检查，请修改后再试',
  ORDER_NOT_FOUND: '没有找到这笔打赏',
  ORDER_CONFLICT: '订单内容不一致，请重新选择金额',
  ORDER_PAID: '这笔打赏已经支付成功',
  ORDER_CLOSED: '订单已关闭，请重新选择金额',
  ORDER_EXPIRED: '订单已过期，请重新选择金额',
} as const satisfies ErrorWords

export const refundStates = {
  processing: '退款处理中',
  succeeded: '已退款',
  failed: '退款未成功',
} as const satisfies RefundStateWords
