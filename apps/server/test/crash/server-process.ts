import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import type { Order } from './child.ts'
import { KILLED_AT } from './edges.ts'

const CHILD = new URL('child.ts', import.meta.url)

/** A whole server in a process of its own, which may be killed at any moment. */
export interface ServerProcess {
  /** Resolves with what it answers when it is done, or with nothing when the process is dead. */
  tell(order: Order): Promise<readonly string[]>
  /** The step that it was killed at; `null` while it lives. */
  killedAt(): string | null
  /** Resolves with the step, once it is dead. */
  readonly ended: Promise<string | null>
  stop(): Promise<void>
}

export async function startProcess(
  environment: Record<string, string>,
  { aheadMs }: { aheadMs: number },
): Promise<ServerProcess> {
  const env = { PATH: process.env['PATH'], ...environment }
  const child = fork(CHILD, [String(aheadMs)], { env, stdio: ['ignore', 'pipe', 'inherit', 'ipc'] })
  const answers = createAnswers(child)
  let step: string | null = null
  const ended = Promise.all([child.stdout ? text(child.stdout) : '', once(child, 'exit')]).then(
    ([said]) => {
      const line = said.split('\n').find((each) => each.startsWith(KILLED_AT))
      step = line?.slice(KILLED_AT.length) ?? 'nothing that it told'
      return step
    },
  )
  await Promise.race([answers.next(), failEarly(ended)])
  return {
    async tell(order) {
      // To a process that is just dying nothing can be sent, and its end says it all.
      const answer = answers.next()
      if (child.connected) child.send(order, () => undefined)
      return Promise.race([answer, ended.then(() => [])])
    },
    killedAt: () => step,
    ended,
    async stop() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

async function failEarly(ended: Promise<string | null>): Promise<never> {
  throw new Error(`the server process ended before it was ready, at ${String(await ended)}`)
}

/** What the process says, one answer after the other. */
function createAnswers(child: ChildProcess) {
  let resolve: (steps: readonly string[]) => void = () => undefined
  child.on('message', (steps: readonly string[]) => {
    resolve(steps)
  })
  return {
    next: () =>
      new Promise<readonly string[]>((settle) => {
        resolve = settle
      }),
  }
}
