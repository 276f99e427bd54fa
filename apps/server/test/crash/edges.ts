import { writeSync } from 'node:fs'
import type { Database } from '../../src/db/database.ts'
import type { JobHandlers } from '../../src/queue/queue.ts'
import { createChannels } from '../../src/wechat/channels.ts'
import type { WeChat } from '../../src/wechat/connect.ts'

/** Where a process can be cut off so that it matters: around each transaction, call and job. */
export interface Edges {
  /** From now on the steps are kept, and this one is the last; `null` lets all of them pass. */
  arm(killAt: string | null): void
  /** The steps since then, each once; from now on none is kept. */
  disarm(): readonly string[]
  pass(name: string): void
}

/** How a killed process names the step that it was killed at, on its standard output. */
export const KILLED_AT = 'killed at: '

/** How a step ends that comes a second time: it is another one, because more has been done before it. */
export const AGAIN = ', again'

export function createEdges(): Edges {
  let isArmed = false
  let last: string | null = null
  const passed = new Set<string>()
  return {
    arm(killAt) {
      isArmed = true
      last = killAt
      passed.clear()
    },
    disarm() {
      isArmed = false
      return [...passed]
    },
    pass(name) {
      if (!isArmed) return
      const step = passed.has(name) ? name + AGAIN : name
      passed.add(step)
      if (step !== last) return
      writeSync(1, `${KILLED_AT}${step}\n`)
      process.kill(process.pid, 'SIGKILL')
    },
  }
}

type AnyFunction = (...args: unknown[]) => unknown

/** Every interactive transaction: before it, with all written but not committed, and after. */
export function watchTransactions(db: Database, edges: Edges): Database {
  const transact = db.$transaction.bind(db) as AnyFunction
  const watched = async (work: unknown, ...options: unknown[]): Promise<unknown> => {
    if (typeof work !== 'function') return transact(work, ...options)
    const who = caller()
    edges.pass(`${who}: before its transaction`)
    const result = await transact(
      async (tx: unknown) => {
        const result: unknown = await (work as AnyFunction)(tx)
        edges.pass(`${who}: before the commit`)
        return result
      },
      ...options,
    )
    edges.pass(`${who}: after the commit`)
    return result
  }
  return new Proxy(db, {
    get: (target, name) =>
      name === '$transaction' ? watched : (Reflect.get(target, name, target) as unknown),
  })
}

/** Every call of WeChat: before it, and with the answer there but not read. */
export function watchCalls(wechat: WeChat, edges: Edges): WeChat {
  const { configured, forNewOrders } = wechat.channels
  const watched = configured.map((channel) => watchMethods(channel, edges))
  return { ...wechat, channels: createChannels(watched, forNewOrders.name) }
}

function watchMethods<Target extends object>(target: Target, edges: Edges): Target {
  return new Proxy(target, {
    get(_, name) {
      const value: unknown = Reflect.get(target, name, target)
      if (typeof value !== 'function') return value
      return (...args: unknown[]): unknown => {
        const result = (value as AnyFunction)(...args)
        if (!(result instanceof Promise)) return result
        edges.pass(`${String(name)}: asked WeChat`)
        return result.then((answer: unknown) => {
          edges.pass(`${String(name)}: WeChat has answered`)
          return answer
        })
      }
    },
  })
}

/** Every job: done, while the queue does not know it yet. */
export function watchJobs(handlers: JobHandlers, edges: Edges): JobHandlers {
  const watched = Object.entries(handlers).map(([name, handle]) => [
    name,
    async (data: never) => {
      await handle(data)
      edges.pass(`job ${name}: done, and the queue does not know`)
    },
  ])
  return Object.fromEntries(watched) as JobHandlers
}

/** The function of ours that asked, by file and name. */
function caller(): string {
  const line = (new Error().stack ?? '').split('\n').find((each) => each.includes('/src/'))
  const [, name = 'somebody', file = ''] =
    /at (?:async )?(\S+) .*\/src\/([^:]+):/.exec(line ?? '') ?? []
  return `${name.replace(/^Object\./, '')} in ${file}`
}
