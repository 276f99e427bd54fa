import type { Message, Notification } from '../platform.ts'
import { signatureHeaders } from '../pay-v3/signing.ts'
import { compose } from './deliver.ts'
import type { Stage } from './stage.ts'

/** The same content of API v3 in other bytes, signed by WeChat as they are. */
export function relaid(stage: Stage, notification: Notification): Message {
  const { platform } = stage.simulator
  const { headers, body: before } = compose(stage, notification)
  const body = JSON.stringify(JSON.parse(before), null, 2)
  const how = { key: platform.keys.forNotification(), signing: 'signed' } as const
  return { headers: { ...headers, ...signatureHeaders(platform, body, how) }, body }
}
