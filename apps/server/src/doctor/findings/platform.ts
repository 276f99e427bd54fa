import type { FindingText } from '../finding.ts'

/** The keys of WeChat Pay, which tell its word from everybody else's. */
export const PLATFORM_FINDINGS = {
  public_keys_unreadable: {
    zh: {
      what: '读不出微信支付公钥列表。',
      why: '服务器无法启动，也无法验证微信的应答和通知。',
      mend: '写成 JSON：[{"id":"PUB_KEY_ID_…","key":"pub_key.pem 的路径或内容"}]，公钥在商户平台「API安全」下载。',
    },
    en: {
      what: 'The list of public keys of WeChat Pay cannot be read.',
      why: 'The server does not start, and could verify nothing that WeChat says.',
      mend: 'Write JSON: [{"id":"PUB_KEY_ID_…","key":"path or text of pub_key.pem"}]; the merchant console (API security) has the key.',
    },
  },
  public_key_id_shape: {
    zh: {
      what: '这不是微信支付公钥的 ID。',
      why: '应答和通知中的 Wechatpay-Serial 不会与它匹配，全部会被拒绝。',
      mend: '公钥 ID 是 PUB_KEY_ID_ 加数字，在商户平台公钥旁边。',
    },
    en: {
      what: 'This is not the id of a public key of WeChat Pay.',
      why: 'No Wechatpay-Serial will be equal to it, so every answer and notification is refused.',
      mend: 'The id is PUB_KEY_ID_ and digits; it stands beside the key in the merchant console.',
    },
  },
  public_key_wrong: {
    zh: {
      what: '这不是微信支付公钥。',
      why: '用它验证不了微信的任何签名。',
      mend: '使用商户平台下载的 pub_key.pem（-----BEGIN PUBLIC KEY-----，RSA 2048），不是证书，也不是私钥。',
    },
    en: {
      what: 'This is not a public key of WeChat Pay.',
      why: 'No signature of WeChat can be verified with it.',
      mend: 'Use the pub_key.pem of the merchant console (-----BEGIN PUBLIC KEY-----, RSA 2048), no certificate and no private key.',
    },
  },
  public_key_own: {
    zh: {
      what: '这是商户自己的公钥，不是微信支付的。',
      why: '微信不用您的私钥签名，所以什么都验证不了。',
      mend: '使用商户平台下载的微信支付公钥 pub_key.pem。',
    },
    en: {
      what: "This is the merchant's own public key, not that of WeChat Pay.",
      why: 'WeChat does not sign with your key, so nothing can be verified.',
      mend: 'Use pub_key.pem, the public key of WeChat Pay, from the merchant console.',
    },
  },
  platform_certificates_unreadable: {
    zh: {
      what: '读不出微信支付平台证书。',
      why: '服务器无法启动。',
      mend: '写成 JSON 数组，每个元素是 PEM 内容或文件路径；也可以删除这一项，服务器会自动下载。',
    },
    en: {
      what: 'The platform certificates of WeChat Pay cannot be read.',
      why: 'The server does not start.',
      mend: 'Write a JSON list of PEM texts or paths; or leave it away, and the server fetches them itself.',
    },
  },
  platform_certificate_expired: {
    zh: {
      what: '平台证书不在有效期内。',
      why: '微信已不用它签名，而旧的私钥不应再被信任。',
      mend: '删除这张证书；服务器会自动下载新的。',
    },
    en: {
      what: 'A platform certificate is not valid at this time.',
      why: 'WeChat signs with it no longer, and an old key should not be believed.',
      mend: 'Leave it away; the server fetches the new ones itself.',
    },
  },
} as const satisfies Readonly<Record<string, FindingText>>
