import { compose } from './deliver.ts'
import type { Message, Notification } from '../platform.ts'
import type { Stage } from './stage.ts'

/** A message that a server has to refuse. */
export interface Forgery {
  readonly title: string
  readonly why: string
  readonly fix: string
  readonly make: (stage: Stage, notification: Notification) => Message
  /** To break the connection is as good as to answer. */
  readonly mayCut?: true
}

const OVERSIZE_BYTES = 8 * 1024 * 1024

/** The same message with other bytes in it. */
export const withBody = (message: Message, change: (body: string) => string): Message => ({
  ...message,
  body: change(message.body),
})

/** What is wrong in every version of the API. */
export const FORGERIES = {
  tampered: {
    title: 'a message that was changed on its way is refused',
    why: 'A notification of one fen must not become one of a hundred yuan.',
    fix: 'Verify the signature over the bytes as they came, before anything is believed.',
    make: (stage, notification) => compose(stage, notification, 'tampered'),
  },
  truncated: {
    title: 'half a message is refused',
    why: 'Half a document may still hold everything that a careless reader looks for.',
    fix: 'Parse strictly; what is not well-formed is refused as a whole.',
    make: (stage, notification) =>
      withBody(compose(stage, notification), (body) => body.slice(0, body.length * 0.6)),
  },
  empty: {
    title: 'an empty message is refused',
    why: 'A server that acknowledges nothing acknowledges anything.',
    fix: 'Answer an error to an empty body.',
    make: (stage, notification) => withBody(compose(stage, notification), () => ''),
  },
  gibberish: {
    title: 'what is no message at all is refused',
    why: 'An error while reading must not end in an acknowledgement.',
    fix: 'Let every failure on the way, also an unexpected one, end in a refusal.',
    make: (stage, notification) => withBody(compose(stage, notification), () => 'SUCCESS OK ]]>'),
  },
  oversized: {
    title: 'a message of eight megabytes is refused',
    why: 'Whoever reads without a limit can be filled up.',
    fix: 'Limit the body (64 KB is plenty) before it is read and parsed.',
    mayCut: true,
    make: (stage, notification) =>
      withBody(compose(stage, notification), (body) => body + ' '.repeat(OVERSIZE_BYTES) + body),
  },
} as const satisfies Readonly<Record<string, Forgery>>
