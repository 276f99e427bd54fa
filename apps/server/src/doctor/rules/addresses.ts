import type { ADDRESS_FINDINGS } from '../findings/addresses.ts'
import { HOST_SETTINGS, isAddress, isNear, isWeChat, parseUrl } from '../hosts.ts'
import type { Rule } from '../rule.ts'
import type { Settings, Situation } from '../situation.ts'

const MAX_NOTIFY_URL_BYTES = 255
/** Room for the longest path behind it, `/notify/wechat-pay/v2/payment`. */
const PATH_BYTES = 40

/** What WeChat asks of the public address; a simulator reaches it wherever it is. */
const publicUrl =
  (isRight: (url: URL) => boolean): Rule =>
  ({ settings, isReal }) => {
    const url = parseUrl(settings['PUBLIC_URL'])
    if (!isReal || url === null) return null
    return isRight(url) ? [] : [{ at: 'PUBLIC_URL', detail: url.host }]
  }

/** For each host that is set. */
const hosts =
  (isRight: (url: URL) => boolean): Rule =>
  ({ settings }) =>
    urlsOf(settings)
      .filter(({ url }) => !isRight(url))
      .map(({ at, url }) => ({ at, detail: url.host }))

function urlsOf(settings: Settings): { at: string; url: URL }[] {
  return HOST_SETTINGS.flatMap((at) => {
    const url = parseUrl(settings[at])
    return url === null ? [] : [{ at, url }]
  })
}

export const ADDRESS_RULES = {
  public_url_shape: ({ settings }) => {
    const { PUBLIC_URL: text = '' } = settings
    const isShort = Buffer.byteLength(text) <= MAX_NOTIFY_URL_BYTES - PATH_BYTES
    return /^https?:\/\/[^/?#\s@]+\/?$/.test(text) && isShort ? [] : [{ at: 'PUBLIC_URL' }]
  },
  public_url_without_tls: publicUrl(({ protocol }) => protocol === 'https:'),
  public_url_local: publicUrl((url) => !isAddress(url) && !isNear(url)),
  public_url_port: publicUrl(({ port }) => port === '' || port.length > 1),
  hosts_mixed: ({ settings }) => {
    const urls = urlsOf(settings)
    const [first] = urls
    return urls
      .filter(({ url }) => first && isWeChat(url) !== isWeChat(first.url))
      .map(({ at, url }) => ({ at, detail: url.host }))
  },
  host_foreign: hosts((url) => isWeChat(url) || isNear(url)),
  host_without_tls: hosts((url) => !isWeChat(url) || url.protocol === 'https:'),
  refund_host_without_tls: (situation) => {
    const { settings, certificate } = situation
    const at = 'WECHAT_PAY_MTLS_BASE_URL'
    const url = parseUrl(settings[at] ?? settings['WECHAT_PAY_BASE_URL'])
    if (certificate.kind !== 'read' || url === null || isV3Alone(situation)) return null
    return url.protocol === 'https:' ? [] : [{ at, detail: url.host }]
  },
  backup_host_same: ({ settings }) => {
    const at = 'WECHAT_PAY_BACKUP_BASE_URL'
    const backup = parseUrl(settings[at])
    if (backup === null) return null
    const isSame = backup.host === parseUrl(settings['WECHAT_PAY_BASE_URL'])?.host
    return isSame ? [{ at, detail: backup.host }] : []
  },
  extra_root: ({ given, isReal }) => {
    if (!isReal) return null
    return given['WECHAT_PAY_CA_CERT'] === undefined ? [] : [{ at: 'WECHAT_PAY_CA_CERT' }]
  },
} as const satisfies Record<keyof typeof ADDRESS_FINDINGS, Rule>

const isV3Alone = ({ given, usesV3 }: Situation) =>
  usesV3 && given['WECHAT_PAY_V2_KEY'] === undefined
