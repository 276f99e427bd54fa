import type { FindingText } from '../finding.ts'

/** How the server works, and who may do what. */
export const OPERATION_FINDINGS = {
  database_embedded: {
    zh: {
      what: '真实收款却使用内嵌数据库。',
      why: '断电可能丢失已确认的付款，服务器因此拒绝启动。',
      mend: '将 DATABASE_URL 设为一个 PostgreSQL 数据库。',
    },
    en: {
      what: 'Real money, and the embedded database.',
      why: 'A power cut may lose acknowledged payments, so the server does not start.',
      mend: 'Set DATABASE_URL to a PostgreSQL database.',
    },
  },
  tip_limits: {
    zh: {
      what: '打赏金额的上下限不成立。',
      why: '没有金额可以支付，服务器无法启动。',
      mend: '单位是分的整数，TIP_MIN_FEN 至少为 1 且不大于 TIP_MAX_FEN。',
    },
    en: {
      what: 'The limits of a tip contradict each other.',
      why: 'No amount could be paid, so the server does not start.',
      mend: 'Both are whole fen; TIP_MIN_FEN is at least 1 and not more than TIP_MAX_FEN.',
    },
  },
  tip_description_long: {
    zh: {
      what: '商品描述太长。',
      why: '微信最多接受 127 字节，一个汉字占 3 字节。',
      mend: '缩短到 42 个汉字以内。',
    },
    en: {
      what: 'The description is too long.',
      why: 'WeChat takes 127 bytes, of which a Chinese character has three.',
      mend: 'Make it 42 Chinese characters or fewer.',
    },
  },
  follow_up_wrong: {
    zh: {
      what: '查单时间表不成立。',
      why: '没有它，漏掉的通知不会被补上，服务器无法启动。',
      mend: '写成递增的整秒数，以逗号分隔，最多 20 个，每个不超过 86400，例如 5,30,60,180,300,600,1800。',
    },
    en: {
      what: 'The times at which WeChat is asked make no sense.',
      why: 'Without them a lost notification is never made up for, so the server does not start.',
      mend: 'Write up to 20 whole seconds, ascending, with commas, none above 86400: 5,30,60,180,300,600,1800.',
    },
  },
  follow_up_early: {
    zh: {
      what: '订单在一分钟之内就被关闭。',
      why: '用户还在输入密码，订单就没了。',
      mend: '最后一个时间至少 300 秒；微信建议 1800。',
    },
    en: {
      what: 'Orders are closed within a minute.',
      why: 'People are still typing their password when the order is gone.',
      mend: 'Let the last time be 300 seconds or more; WeChat suggests 1800.',
    },
  },
  operators_wrong: {
    zh: {
      what: '读不出操作员名单。',
      why: '服务器无法启动，没有人可以退款。',
      mend: '写成 JSON：[{"name":"li","token":"至少 32 个随机字符","scopes":["refunds","cases","ledger"]}]，姓名和令牌都不重复。',
    },
    en: {
      what: 'The list of operators cannot be read.',
      why: 'The server does not start, and nobody could refund.',
      mend: 'Write JSON: [{"name":"li","token":"32 random characters or more","scopes":["refunds","cases","ledger"]}], each name and token once.',
    },
  },
  operators_none: {
    zh: {
      what: '没有人可以做这件事。',
      why: '退款、差错处理和账目核对都要有人负责。',
      mend: '在 OPERATORS 中给至少一个人括号中的权限。',
    },
    en: {
      what: 'Nobody may do this.',
      why: 'Refunds, cases and the ledger need somebody who looks after them.',
      mend: 'Give the scope in brackets to at least one person in OPERATORS.',
    },
  },
  proxies_trust_all: {
    zh: {
      what: '任何人自称的地址都被相信。',
      why: '限流因此失效，送给微信的用户 IP 也可以伪造。',
      mend: '只写您自己的反向代理的地址或网段。',
    },
    en: {
      what: 'Everybody is believed about the address of a client.',
      why: 'Limits lose their effect, and the IP that WeChat is told can be made up.',
      mend: 'Name only the addresses or ranges of your own proxies.',
    },
  },
} as const satisfies Readonly<Record<string, FindingText>>
