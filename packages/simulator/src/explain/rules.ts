/** A text in both languages of the people who have this problem. */
export interface Words {
  readonly en: string
  readonly zh: string
}

/** The rules that a message can break, and what to do. */
export const RULES = {
  no_message: {
    en: 'This is neither XML of API v2 nor a message with headers of API v3.',
    zh: '既不是 APIv2 的 XML，也没有 APIv3 的请求头。',
  },
  method: { en: 'API v2 takes POST only.', zh: 'APIv2 只接受 POST。' },
  empty_body: { en: 'The body is empty.', zh: '请求体为空。' },
  xml: {
    en: 'The body is no flat XML document with the root <xml>.',
    zh: '请求体不是以 <xml> 为根的扁平 XML。',
  },
  field: {
    en: 'A field is missing, too long or of a wrong format.',
    zh: '有字段缺失、超长或格式错误。',
  },
  no_signature: { en: 'There is no signature.', zh: '没有签名。' },
  signature: { en: 'The signature does not fit.', zh: '签名错误。' },
  identity: {
    en: 'appid or merchant number is not the one that was expected.',
    zh: 'appid 或商户号与预期不符。',
  },
  sealed: {
    en: 'The encrypted part cannot be opened with this key.',
    zh: '用该密钥无法解密。',
  },
  authorization: {
    en: 'Authorization is missing or malformed.',
    zh: 'Authorization 缺失或格式错误。',
  },
  client_headers: {
    en: 'Accept or User-Agent is missing.',
    zh: '缺少 Accept 或 User-Agent。',
  },
  stale: {
    en: 'The timestamp is no time, or more than five minutes away.',
    zh: '时间戳无效，或与当前时间相差超过五分钟。',
  },
  unknown_key: {
    en: 'None of the keys given has the serial that the message names.',
    zh: '所给的密钥中没有报文里的序列号。',
  },
  missing_header: {
    en: 'One of the four Wechatpay headers is missing, empty or there twice.',
    zh: '四个 Wechatpay 请求头缺失、为空或重复。',
  },
  probe: {
    en: 'A signature probe of WeChat: wrong on purpose, to be refused, and no attack.',
    zh: '微信的签名探测流量：故意错误，应当拒绝，并非攻击。',
  },
} as const satisfies Readonly<Record<string, Words>>

export type Rule = keyof typeof RULES
