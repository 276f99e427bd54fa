import type { FindingText } from '../finding.ts'

/** What only a signed call shows. */
export const PAYMENT_FINDINGS = {
  v2_rejected: {
    zh: {
      what: '微信拒绝了 API v2 的请求。',
      why: '签名、商户号或参数不对，任何订单都会失败。',
      mend: '核对商户号和 APIv2 密钥；刚改过的密钥稍后生效。',
    },
    en: {
      what: 'WeChat turned a request of API v2 away.',
      why: 'Signature, merchant number or fields are wrong, so every order fails.',
      mend: 'Compare merchant number and APIv2 key with the console; a new key takes a moment.',
    },
  },
  v2_untrusted: {
    zh: {
      what: 'API v2 应答的签名不对。',
      why: '服务器不相信这样的应答，付款无法确认。',
      mend: '核对 APIv2 密钥和 WECHAT_PAY_V2_SIGN_TYPE；确认中间没有代理改写应答。',
    },
    en: {
      what: 'The signature of an answer of API v2 does not fit.',
      why: 'The server believes no such answer, so no payment can be confirmed.',
      mend: 'Compare the APIv2 key and WECHAT_PAY_V2_SIGN_TYPE; make sure that no proxy rewrites answers.',
    },
  },
  v2_refused: {
    zh: {
      what: '微信拒绝为这个商户查单（API v2）。',
      why: '下单很可能同样被拒绝。',
      mend: '在商户平台检查 AppID 与商户号的绑定和已开通的产品。',
    },
    en: {
      what: 'WeChat refuses to look for an order of this merchant (API v2).',
      why: 'Orders are most likely refused as well.',
      mend: 'Look in the merchant console whether appid and merchant are bound and the product is opened.',
    },
  },
  v3_signature_refused: {
    zh: {
      what: '微信拒绝了 API v3 的签名（401）。',
      why: '每个请求都会失败。',
      mend: '核对商户号、证书序列号、私钥和本机时钟；证书是否已在商户平台作废？',
    },
    en: {
      what: 'WeChat refuses the signature of API v3 (401).',
      why: 'Every request fails.',
      mend: 'Compare merchant number, serial and private key, and look at the clock; was the certificate revoked in the console?',
    },
  },
  v3_untrusted: {
    zh: {
      what: 'API v3 应答的签名不对。',
      why: '服务器不相信这样的应答，付款无法确认。',
      mend: '核对微信支付公钥及其 ID；确认中间没有代理改写应答。',
    },
    en: {
      what: 'The signature of an answer of API v3 does not fit.',
      why: 'The server believes no such answer, so no payment can be confirmed.',
      mend: 'Compare the public key of WeChat Pay and its id; make sure that no proxy rewrites answers.',
    },
  },
  v3_refused: {
    zh: {
      what: '微信拒绝为这个商户查单（API v3）。',
      why: '下单很可能同样被拒绝。',
      mend: '按括号中的错误码检查商户平台：产品是否开通、AppID 是否绑定。',
    },
    en: {
      what: 'WeChat refuses to look for an order of this merchant (API v3).',
      why: 'Orders are most likely refused as well.',
      mend: 'Look in the merchant console for what the code in brackets says: is the product opened, the appid bound?',
    },
  },
  v3_key_wrong: {
    zh: {
      what: 'APIv3 密钥解不开平台证书。',
      why: '通知同样无法解密。',
      mend: '填写当前在商户平台设置的 APIv3 密钥；忘记时重新设置。',
    },
    en: {
      what: 'The APIv3 key does not open the platform certificates.',
      why: 'It does not open notifications either.',
      mend: 'Put in the APIv3 key that is set in the console now; set a new one if it is lost.',
    },
  },
  public_key_needed: {
    zh: {
      what: '这个商户没有平台证书，需要微信支付公钥。',
      why: '没有公钥就无法验证微信的应答和通知。',
      mend: '在商户平台「API安全」申请微信支付公钥，填写 WECHAT_PAY_PUBLIC_KEYS。',
    },
    en: {
      what: 'This merchant has no platform certificates; it needs the public key of WeChat Pay.',
      why: 'Without it nothing that WeChat says can be verified.',
      mend: 'Apply for the public key in the merchant console (API security) and set WECHAT_PAY_PUBLIC_KEYS.',
    },
  },
} as const satisfies Readonly<Record<string, FindingText>>
