import type { Message, Notification } from '../platform.ts'
import { compose } from './deliver.ts'
import type { Forgery } from './forgery.ts'
import type { Stage } from './stage.ts'

const OTHER_KEY = '0'.repeat(32)
const TOO_FAR_MS = 6 * 60 * 1000

/** What is wrong in JSON with an RSA signature in the headers. */
export const V3_FORGERIES = {
  unsigned: {
    title: 'a message without Wechatpay-Signature is refused',
    why: '«No signature, nothing to check» is the shortest way in.',
    fix: 'All four headers have to be there.',
    make: (stage, notification) => without(compose(stage, notification), 'wechatpay-signature'),
  },
  signature_of_another: {
    title: 'the signature of another message is refused',
    why: 'Signatures can be collected; each fits one body, one time and one nonce.',
    fix: 'Verify over timestamp, nonce and raw body, each ended by a line feed.',
    make(stage, notification) {
      const [message, other] = [compose(stage, notification), compose(stage, notification)]
      return withHeader(message, 'wechatpay-nonce', headerOf(other, 'wechatpay-nonce'))
    },
  },
  wrong_key: {
    title: 'a signature made with another key is refused',
    why: 'Without this check anybody can pay with a curl command.',
    fix: 'Verify with the key that Wechatpay-Serial names, and with no other.',
    make: (stage, notification) => compose(stage, notification, 'wrong_key'),
  },
  wrong_seal: {
    title: 'a well signed message that your APIv3 key does not open is refused',
    why: 'It was made for another merchant, or your key is out of date; in both cases you know nothing.',
    fix: 'Decrypt with AEAD_AES_256_GCM and check the tag; a failure is a refusal, so that it comes again.',
    make(stage, notification) {
      const { simulator } = stage
      const account = { ...simulator.account, v3Key: OTHER_KEY }
      const platform = { ...simulator.platform, account }
      return compose({ ...stage, simulator: { ...simulator, platform } }, notification)
    },
  },
  unknown_serial: {
    title: 'a signature with an unknown key is refused',
    why: 'The serial says which key to use; it must not bring one along.',
    fix: 'Look Wechatpay-Serial up among the keys that you know, and refuse all others.',
    make: (stage, notification) =>
      withHeader(
        compose(stage, notification),
        'wechatpay-serial',
        'PUB_KEY_ID_0000000000000000000000000000',
      ),
  },
  expired: {
    title: 'a message that is six minutes old is refused',
    why: 'A recorded message stays authentic for ever unless its time counts.',
    fix: 'Refuse a Wechatpay-Timestamp that is more than five minutes away.',
    make: (stage, notification) => composeAt(stage, notification, -TOO_FAR_MS),
  },
  future: {
    title: 'a message from six minutes ahead is refused',
    why: 'The window has two sides.',
    fix: 'Compare the absolute distance to your clock.',
    make: (stage, notification) => composeAt(stage, notification, TOO_FAR_MS),
  },
  probe: {
    title: 'the signature probe of WeChat is refused',
    why: 'WeChat sends WECHATPAY/SIGNTEST/ signatures to see who verifies; whoever accepts one is asked to repair it.',
    fix: 'Verify it like every signature; it fails by itself.',
    make(stage, notification) {
      const message = compose(stage, notification)
      const signature = headerOf(message, 'wechatpay-signature')
      return withHeader(message, 'wechatpay-signature', `WECHATPAY/SIGNTEST/${signature}`)
    },
  },
} as const satisfies Readonly<Record<string, Forgery>>

function composeAt(stage: Stage, notification: Notification, offsetMs: number): Message {
  const { simulator } = stage
  const at = new Date(simulator.platform.stampNow().getTime() + offsetMs)
  const platform = { ...simulator.platform, stampNow: () => at }
  return compose({ ...stage, simulator: { ...simulator, platform } }, notification)
}

const isNamed = (name: string) => (header: string) => header.toLowerCase() === name

function headerOf({ headers }: Message, name: string): string {
  const key = Object.keys(headers).find(isNamed(name)) ?? ''
  return headers[key] ?? ''
}

function without({ headers, body }: Message, name: string): Message {
  const kept = Object.entries(headers).filter(([header]) => !isNamed(name)(header))
  return { headers: Object.fromEntries(kept), body }
}

function withHeader(message: Message, name: string, value: string): Message {
  const { headers, body } = without(message, name)
  return { headers: { ...headers, [name]: value }, body }
}
