import { createPrivateKey } from 'node:crypto'
import type { Simulator } from '@dashang/simulator'
import { signed, type Fields } from '@dashang/shared/signing/v2'
import { parseXml, writeXml } from '@dashang/shared/signing/xml'
import type { ChannelName } from '../../src/wechat/channel-names.ts'
import { DIALECTS, signedByWeChat, tellingOf, type Message } from '../support/dialects.ts'
import { signedHeaders } from '../support/v3-keys.ts'
import type { Forgery, PlayedTip } from './steps.ts'

function unsigned(body: string): Fields {
  const fields = Object.entries(parseXml(Buffer.from(body)))
  return Object.fromEntries(fields.filter(([name]) => name !== 'sign'))
}

type Forge = (simulator: Simulator, authentic: Message) => Message

/** What somebody makes of an authentic message, or of none, to be taken for WeChat. */
const FORGERIES = {
  v2: {
    wrong_key: (_, { body, headers }) => {
      const key = { key: 'x'.repeat(32), signType: 'HMAC-SHA256' } as const
      return { body: writeXml(signed(unsigned(body), key)), headers }
    },
    changed_amount: (_, { body, headers }) => {
      const fields = parseXml(Buffer.from(body))
      return { body: writeXml({ ...fields, total_fee: `${fields['total_fee'] ?? ''}0` }), headers }
    },
    no_signature: (_, { body, headers }) => ({ body: writeXml(unsigned(body)), headers }),
    not_a_message: () => ({ body: 'not xml', headers: {} }),
  },
  v3: {
    wrong_key: ({ clock, keys, certificates }, { body }) => {
      const signer = {
        id: keys.newest('public_key').id,
        privateKey: createPrivateKey(certificates.merchantKey),
      }
      return { body, headers: signedHeaders(body, signer, clock.now()) }
    },
    // The amount is sealed, so the seal is broken with it.
    changed_amount: (_, { body, headers }) => ({
      body: body.replace('"ciphertext":"', '"ciphertext":"0'),
      headers,
    }),
    no_signature: (_, { body }) => ({ body, headers: {} }),
    not_a_message: (simulator) => signedByWeChat({ simulator }, 'not json'),
  },
} as const satisfies Record<ChannelName, Record<Forgery, Forge>>

/** A notification that WeChat never sent, with where it goes. */
export function forgedMessage(
  simulator: Simulator,
  { orderId, amountFen }: PlayedTip,
  { by, how }: { by: ChannelName; how: Forgery },
): Message & { readonly path: string } {
  const { notification, notifyPath: path } = DIALECTS[by]
  const telling = { ...tellingOf(orderId, 'oForger'), amountFen }
  const forge: Forge = FORGERIES[by][how]
  return { path, ...forge(simulator, notification({ simulator }, telling)) }
}
