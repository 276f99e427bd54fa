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
  path: {
    en: 'There is no such path, or it is one that the simulator does not serve.',
    zh: '没有这个路径，或模拟器不支持该接口。',
  },
  method: { en: 'The call takes another method.', zh: '该接口不接受此请求方法。' },
  empty_body: { en: 'The body is empty.', zh: '请求体为空。' },
  xml: {
    en: 'The body is no flat XML document with the root <xml>.',
    zh: '请求体不是以 <xml> 为根的扁平 XML。',
  },
  content_type: {
    en: 'Content-Type has to be application/json.',
    zh: 'Content-Type 必须为 application/json。',
  },
  json: { en: 'The body is no JSON object in UTF-8.', zh: '请求体不是 UTF-8 的 JSON 对象。' },
  field: {
    en: 'A field is missing, or has a wrong type, length or format.',
    zh: '有字段缺失，或类型、长度、格式错误。',
  },
  content: { en: 'What it asks for is refused.', zh: '请求的内容被拒绝。' },
  unsigned_answer: {
    en: 'It is an answer, and bears no signature of WeChat.',
    zh: '这是应答，且没有微信的签名。',
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
    en: 'Accept or User-Agent is missing, or Accept takes no JSON.',
    zh: '缺少 Accept 或 User-Agent，或 Accept 不接受 JSON。',
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

/** What a request by itself does not tell. */
export const UNCHECKED = {
  state: {
    en: 'what the platform knows: whether user, order and refund exist and what became of them, and what is encrypted',
    zh: '平台的状态：用户、订单、退款是否存在及其进展，以及加密字段的内容',
  },
  identity: {
    en: 'whose appid and merchant number these are (give --appid and --mchid)',
    zh: 'appid 与商户号的归属（可传 --appid 和 --mchid）',
  },
  call: {
    en: 'the fields, since the path is not known (give the start line, or --url)',
    zh: '各字段：路径未知（请提供请求行或 --url）',
  },
  certificate: {
    en: "the merchant's certificate, which is shown over TLS",
    zh: 'TLS 连接中出示的商户证书',
  },
} as const satisfies Readonly<Record<string, Words>>

export type Unchecked = keyof typeof UNCHECKED
