import { setTimeout as pause } from 'node:timers/promises'
import type { SigningKey } from '../../pay-v3/platform-key.ts'
import type { CheckTable } from '../check.ts'
import { deliver, describe, invent, pay, type Reply } from '../deliver.ts'
import { becomesPaid, expectGenuine, expectUnpaid } from '../observe.ts'
import { Failed, Skipped } from '../outcome.ts'
import { placeOrder } from '../place.ts'
import type { Stage } from '../stage.ts'

/** WeChat repeats after 15 seconds; a server that asks at most now and then is waited for. */
const REPEAT_MS = 2000

/** The keys of WeChat's while they change. They run last: the others go by the keys of the start. */
export const KEY_CHECKS = {
  v3_migration: {
    title: 'while a merchant moves to the public key, both kinds of signature are taken',
    why: 'For a week WeChat signs so many of a hundred notifications with the one and the rest with the other.',
    fix: 'Keep public key and certificates side by side, and choose by Wechatpay-Serial.',
    channel: 'v3',
    isLast: true,
    async run(stage) {
      const { keys } = stage.simulator
      if (keys.mode() !== 'migration') {
        throw new Skipped('the merchant has one kind of key; --key-mode migration has both')
      }
      for (const kind of ['public_key', 'certificate'] as const) {
        await expectTaken(stage, keys.newest(kind))
      }
      return 'they are'
    },
  },
  v3_new_certificate: {
    title: 'a notification signed with a new certificate is taken',
    why: 'WeChat changes its certificate before it runs out; who never fetches the new one hears of no payment any more.',
    fix: 'Ask GET /v3/certificates every 12 hours, and once more when Wechatpay-Serial is not known.',
    channel: 'v3',
    isLast: true,
    run: turn,
  },
  v3_certificate_before: {
    title: 'the certificate before the new one is still taken',
    why: 'Several are valid at once, and messages signed with either are on their way.',
    fix: 'Keep every certificate that GET /v3/certificates names, not the newest alone.',
    channel: 'v3',
    isLast: true,
    async run(stage) {
      if (certificatesOf(stage).length < 2) await turn(stage)
      const [, before] = certificatesOf(stage)
      if (before === undefined) throw new Error('a turn leaves two certificates')
      return expectTaken(stage, before)
    },
  },
  v3_revoked_certificate: {
    title: 'a certificate that was revoked before you fetched it is refused',
    why: 'Whoever holds it can sign whatever he likes; that a serial cannot be looked up is no reason to believe it.',
    fix: 'After asking GET /v3/certificates a serial that is still not known is a refusal.',
    channel: 'v3',
    isLast: true,
    async run(stage) {
      requireCertificates(stage)
      const { keys } = stage.simulator
      const order = await placeOrder(stage)
      const notification = invent(stage, order)
      const revoked = await keys.rotate('certificate')
      keys.revoke(revoked.id)
      const reply = await deliver(signedBy(stage, revoked), notification)
      if (reply.isAccepted) throw new Failed(`it was acknowledged: ${describe(reply)}`)
      await expectUnpaid(stage, order, 'it')
      await expectGenuine(stage, order, pay(stage, order))
      return `${describe(reply)}; the genuine one after it was taken`
    },
  },
} as const satisfies CheckTable

function requireCertificates({ simulator }: Stage): void {
  if (simulator.keys.mode() !== 'public_key') return
  throw new Skipped(
    'the merchant has the public key alone, which does not turn;' +
      ' --key-mode certificate or migration has certificates',
  )
}

/** The newest first. */
const certificatesOf = ({ simulator }: Stage) =>
  simulator.keys.list().filter(({ kind }) => kind === 'certificate')

async function turn(stage: Stage): Promise<string> {
  requireCertificates(stage)
  const { keys, platform } = stage.simulator
  const order = await placeOrder(stage)
  const notification = pay(stage, order)
  const known = new Set(platform.calls)
  const signing = signedBy(stage, await keys.rotate('certificate'))
  const startedAt = performance.now()
  const waitedMs = () => Math.round(performance.now() - startedAt)
  let reply = await deliver(signing, notification)
  while (!reply.isAccepted && waitedMs() < stage.patienceMs) {
    await pause(Math.min(REPEAT_MS, stage.patienceMs))
    reply = await deliver(signing, notification)
  }
  if (!reply.isAccepted) {
    const asked = platform.calls.some((one) => !known.has(one) && one.api === 'v3_certificates')
    throw refusal(reply, asked)
  }
  if ((await becomesPaid(stage, order)) === false) throw new Failed('the order is not paid')
  return `taken after ${waitedMs()} ms`
}

const refusal = (reply: Reply, asked: boolean) =>
  new Failed(
    `the server ${asked ? 'asked' : 'did not ask'} for certificates, and refused: ${describe(reply)}`,
  )

async function expectTaken(stage: Stage, key: SigningKey): Promise<string> {
  const order = await placeOrder(stage)
  return expectGenuine(signedBy(stage, key), order, pay(stage, order))
}

/** The platform with this key in its turn. */
function signedBy(stage: Stage, key: SigningKey): Stage {
  const { simulator } = stage
  const keys = { ...simulator.platform.keys, forNotification: () => key }
  return { ...stage, simulator: { ...simulator, platform: { ...simulator.platform, keys } } }
}
