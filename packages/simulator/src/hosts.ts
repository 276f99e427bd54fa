/** The names that WeChat serves merchants under, by what they serve. */
export const HOSTS = {
  pay: ['api.mch.weixin.qq.com', 'api2.mch.weixin.qq.com'],
  miniProgram: ['api.weixin.qq.com'],
} as const

export type Service = keyof typeof HOSTS

export const WECHAT_HOSTS: readonly string[] = [...HOSTS.pay, ...HOSTS.miniProgram]

/** Each name of WeChat's serves its own; every other one is an address of ours and serves all. */
export function serves(host: string, service: Service): boolean {
  const name = host.toLowerCase()
  return !WECHAT_HOSTS.includes(name) || HOSTS[service].some((known) => known === name)
}
