/** The one scheme of API v3: SHA256 with RSA. */
export const SCHEME = 'WECHATPAY2-SHA256-RSA2048'

/** Who signs a request, and what over. https://pay.weixin.qq.com/doc/v3/merchant/4012365334 */
export interface Authorization {
  readonly mchid: string
  /** The serial of the merchant's own certificate, not WeChat's. */
  readonly serialNo: string
  readonly nonce: string
  /** Unix time in seconds. */
  readonly timestamp: string
  readonly signature: string
}

const NAMES = {
  mchid: 'mchid',
  nonce: 'nonce_str',
  signature: 'signature',
  timestamp: 'timestamp',
  serialNo: 'serial_no',
} as const satisfies Record<keyof Authorization, string>

/** The value of the header `Authorization`. */
export function writeAuthorization(authorization: Authorization): string {
  const pairs = KEYS.map((key) => `${NAMES[key]}="${authorization[key]}"`)
  return `${SCHEME} ${pairs.join(',')}`
}

/** `null` for another scheme, a missing or repeated name, or a value without its quotes. */
export function parseAuthorization(header: string | undefined): Authorization | null {
  const pairs = header?.startsWith(`${SCHEME} `) ? header.slice(SCHEME.length + 1).split(',') : []
  const values = new Map<string, string>()
  for (const pair of pairs) {
    const [, name, value] = /^([a-z_]+)="([^"]*)"$/.exec(pair) ?? []
    if (name === undefined || value === undefined || values.has(name)) return null
    values.set(name, value)
  }
  const { mchid, nonce_str, signature, timestamp, serial_no } = Object.fromEntries(values)
  const isWhole = mchid && nonce_str && signature && timestamp && serial_no
  return isWhole ? { mchid, nonce: nonce_str, signature, timestamp, serialNo: serial_no } : null
}

const KEYS = Object.keys(NAMES) as (keyof Authorization)[]
