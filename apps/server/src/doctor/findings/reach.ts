import type { FindingText } from '../finding.ts'

/** What only a call shows: the way to WeChat, the clock, and the mini-program. */
export const REACH_FINDINGS = {
  host_silent: {
    zh: {
      what: '连不上这台主机。',
      why: '登录、下单和退款都依赖它。',
      mend: '检查 DNS、出站防火墙和代理；内地服务器应能直接访问。',
    },
    en: {
      what: 'The host cannot be reached.',
      why: 'Logins, orders and refunds depend on it.',
      mend: 'Look at DNS, the firewall for outgoing connections, and proxies.',
    },
  },
  clock_wrong: {
    zh: {
      what: '本机时钟与微信相差太多。',
      why: '相差超过 5 分钟时，微信拒绝每个请求，本机拒绝每个通知。',
      mend: '启用 NTP（timedatectl set-ntp true）。',
    },
    en: {
      what: "The clock of this machine is too far from WeChat's.",
      why: 'From 5 minutes on WeChat refuses every request, and this server every notification.',
      mend: 'Turn NTP on (timedatectl set-ntp true).',
    },
  },
  appid_unknown: {
    zh: {
      what: '微信不认识这个 AppID（40013）。',
      why: '没有人能登录。',
      mend: '在 mp.weixin.qq.com「开发管理」核对 AppID。',
    },
    en: {
      what: 'WeChat does not know this AppID (40013).',
      why: 'Nobody can log in.',
      mend: 'Compare it with mp.weixin.qq.com, development settings.',
    },
  },
  app_secret_wrong: {
    zh: {
      what: 'AppSecret 不属于这个 AppID（40125）。',
      why: '没有人能登录。',
      mend: '在 mp.weixin.qq.com「开发管理」重置并复制 AppSecret。',
    },
    en: {
      what: 'The AppSecret is not that of the AppID (40125).',
      why: 'Nobody can log in.',
      mend: 'Reset it at mp.weixin.qq.com, development settings, and copy it.',
    },
  },
  login_odd: {
    zh: {
      what: '登录接口的应答出人意料。',
      why: '对不存在的 code 微信应答 40029；其他应答说明登录可能失败。',
      mend: '按括号中的错误码查微信文档，或稍后再试。',
    },
    en: {
      what: 'The login answers in an unexpected way.',
      why: 'To a code that nobody issued WeChat says 40029; anything else may make logins fail.',
      mend: "Look the number in brackets up in WeChat's documents, or try again later.",
    },
  },
} as const satisfies Readonly<Record<string, FindingText>>
