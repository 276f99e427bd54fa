import { BlockList, isIP } from 'node:net'

/** The settings that name a host of WeChat, or of whoever plays its part. */
export const HOST_SETTINGS = [
  'WECHAT_API_BASE_URL',
  'WECHAT_PAY_BASE_URL',
  'WECHAT_PAY_BACKUP_BASE_URL',
  'WECHAT_PAY_MTLS_BASE_URL',
] as const

const near = new BlockList()
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const) {
  near.addSubnet(net, bits, 'ipv4')
}
near.addSubnet('::', 127, 'ipv6')
near.addSubnet('fc00::', 7, 'ipv6')
near.addSubnet('fe80::', 10, 'ipv6')

/** `null` for what is no address of http or https. */
export function parseUrl(text: string | undefined): URL | null {
  const url = text === undefined ? null : URL.parse(text)
  return url !== null && /^https?:$/.test(url.protocol) ? url : null
}

export const isWeChat = ({ hostname }: URL) =>
  hostname === 'weixin.qq.com' || hostname.endsWith('.weixin.qq.com')

const bare = ({ hostname }: URL) => hostname.replace(/^\[|\]$/g, '')

export const isAddress = (url: URL) => isIP(bare(url)) !== 0

/** This machine, or one that only its neighbours reach: private addresses and names without a dot. */
export function isNear(url: URL): boolean {
  const host = bare(url)
  const family = isIP(host)
  if (family !== 0) return near.check(host, family === 4 ? 'ipv4' : 'ipv6')
  return !host.includes('.') || /\.(?:localhost|local|internal|lan|test)$/.test(host)
}
