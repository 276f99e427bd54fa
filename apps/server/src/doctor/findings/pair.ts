import type { FindingText } from '../finding.ts'

/** The certificate of the merchant and the key that belongs to it. */
export const PAIR_FINDINGS = {
  private_key_other: {
    zh: {
      what: '私钥与商户证书不是一对。',
      why: '微信会拒绝每一个签名（SIGN_ERROR）。',
      mend: '使用同一次申请得到的 apiclient_cert.pem 和 apiclient_key.pem。',
    },
    en: {
      what: 'The private key does not belong to the certificate.',
      why: 'WeChat refuses every signature (SIGN_ERROR).',
      mend: 'Use apiclient_cert.pem and apiclient_key.pem of one and the same application.',
    },
  },
  private_key_open: {
    zh: {
      what: '其他系统用户也能读取私钥文件。',
      why: '拿到私钥的人可以用您的名义退款。',
      mend: '执行 chmod 600，并让运行服务器的用户拥有该文件。',
    },
    en: {
      what: 'Other users of this machine may read the file of the private key.',
      why: 'Who has the key can refund in your name.',
      mend: 'Run chmod 600 on it, and let the user that runs the server own it.',
    },
  },
  certificate_weak: {
    zh: {
      what: '商户证书不是至少 2048 位的 RSA。',
      why: '微信只签发 RSA 2048，所以这不是商户 API 证书。',
      mend: '使用商户平台签发的 apiclient_cert.pem。',
    },
    en: {
      what: 'The certificate is not RSA of at least 2048 bits.',
      why: 'WeChat issues RSA of 2048 bits only, so this is not the certificate of a merchant.',
      mend: 'Use the apiclient_cert.pem that the merchant console issued.',
    },
  },
  certificate_expired: {
    zh: {
      what: '商户证书不在有效期内。',
      why: '微信会拒绝 API v3 的每个请求和 API v2 的每笔退款。',
      mend: '在商户平台「API安全」更换证书；同时检查本机时钟。',
    },
    en: {
      what: 'The certificate is not valid at this time.',
      why: 'WeChat refuses every request of API v3 and every refund of API v2.',
      mend: 'Renew it in the merchant console (API security); look at the clock of this machine, too.',
    },
  },
  certificate_expiring: {
    zh: {
      what: '商户证书将在 60 天内到期。',
      why: '到期后下单（v3）和退款立即停止。',
      mend: '现在就在商户平台「API安全」更换证书。',
    },
    en: {
      what: 'The certificate expires within 60 days.',
      why: 'From then on orders (v3) and refunds stop at once.',
      mend: 'Renew it in the merchant console (API security) now.',
    },
  },
  certificate_of_other_merchant: {
    zh: {
      what: '证书属于另一个商户。',
      why: '微信会拒绝每一个签名。',
      mend: '证书主题中的 CN 必须等于 WECHAT_PAY_MCHID；更换证书或商户号。',
    },
    en: {
      what: 'The certificate is of another merchant.',
      why: 'WeChat refuses every signature.',
      mend: 'The CN of its subject has to be WECHAT_PAY_MCHID; change the one or the other.',
    },
  },
  serial_other: {
    zh: {
      what: '序列号不是这张商户证书的。',
      why: '微信按序列号查找证书，会拒绝每一个签名。',
      mend: '删除这一项（服务器会从证书读取），或填写括号中的序列号。',
    },
    en: {
      what: 'The serial is not that of the certificate.',
      why: 'WeChat looks a certificate up by its serial, and refuses every signature.',
      mend: 'Leave the setting away (the server reads the serial from the certificate), or put in the one in brackets.',
    },
  },
} as const satisfies Readonly<Record<string, FindingText>>
