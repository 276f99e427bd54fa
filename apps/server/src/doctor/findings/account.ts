import type { FindingText } from '../finding.ts'

/** Who the merchant is, and the secrets that are nobody else's. */
export const ACCOUNT_FINDINGS = {
  setting_missing: {
    zh: {
      what: '缺少必填的配置项。',
      why: '没有它服务器无法启动。',
      mend: '按 .env.example 的说明填写这一项。',
    },
    en: {
      what: 'A required setting is missing.',
      why: 'The server does not start without it.',
      mend: 'Fill it in as .env.example explains.',
    },
  },
  setting_placeholder: {
    zh: {
      what: '配置项仍是示例值。',
      why: '示例值是公开的，也不会被微信接受。',
      mend: '换成您自己的值：微信的值在 mp.weixin.qq.com 或 pay.weixin.qq.com，密钥可用 openssl rand -hex 32 生成。',
    },
    en: {
      what: 'The setting still has its example value.',
      why: 'Everybody knows that value, and WeChat does not accept it.',
      mend: 'Put in your own: from mp.weixin.qq.com or pay.weixin.qq.com; a secret from openssl rand -hex 32.',
    },
  },
  appid_shape: {
    zh: {
      what: '这不是小程序的 AppID。',
      why: '微信会拒绝每一次登录和每一笔订单。',
      mend: 'AppID 以 wx 开头，后面是 16 位小写十六进制字符，见 mp.weixin.qq.com「开发管理」。',
    },
    en: {
      what: 'This is not the AppID of a mini-program.',
      why: 'WeChat refuses every login and every order.',
      mend: 'An AppID is wx and 16 lower-case hexadecimal characters; see mp.weixin.qq.com, development settings.',
    },
  },
  app_secret_shape: {
    zh: {
      what: '这不是小程序的 AppSecret。',
      why: '没有人能登录。',
      mend: 'AppSecret 是 32 位十六进制字符；忘记时在 mp.weixin.qq.com「开发管理」重置。',
    },
    en: {
      what: 'This is not the AppSecret of a mini-program.',
      why: 'Nobody can log in.',
      mend: 'An AppSecret has 32 hexadecimal characters; reset it at mp.weixin.qq.com if it is lost.',
    },
  },
  mchid_shape: {
    zh: {
      what: '这不是商户号。',
      why: '微信会拒绝每一笔订单。',
      mend: '商户号是 8 到 10 位数字，见 pay.weixin.qq.com「账户中心」。',
    },
    en: {
      what: 'This is not a merchant number.',
      why: 'WeChat refuses every order.',
      mend: 'A merchant number has 8 to 10 digits; see pay.weixin.qq.com, account centre.',
    },
  },
  session_secret_short: {
    zh: {
      what: '会话密钥太短。',
      why: '猜到它的人可以冒充任何用户。',
      mend: '至少 32 个随机字符，例如 openssl rand -hex 32 的输出。',
    },
    en: {
      what: 'The secret of the sessions is too short.',
      why: 'Who guesses it can be any user.',
      mend: 'Use at least 32 random characters, such as openssl rand -hex 32 prints.',
    },
  },
  secret_used_twice: {
    zh: {
      what: '同一个密钥用在了多处。',
      why: '一处泄露，处处失守，也无法单独更换。',
      mend: '每个密钥单独生成。',
    },
    en: {
      what: 'One secret is used for several things.',
      why: 'Who learns it in one place has it in all, and none can be changed alone.',
      mend: 'Make a secret of its own for each.',
    },
  },
  setting_refused: {
    zh: {
      what: '服务器不接受这一项。',
      why: '在它改正之前服务器无法启动。',
      mend: '按括号中的提示和 .env.example 的说明改正。',
    },
    en: {
      what: 'The server does not accept this setting.',
      why: 'It does not start before this is mended.',
      mend: 'Mend it as the text in brackets and .env.example say.',
    },
  },
} as const satisfies Readonly<Record<string, FindingText>>
