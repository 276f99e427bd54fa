import { fork, type ChildProcess } from 'node:child_process'
import type { SubjectOptions } from './world.ts'

export interface Running<Message> {
  readonly message: Message
  stop(): Promise<void>
}

/** Starts one program of the benchmark in a process of its own, and waits until it is ready. */
export async function start<Message = object>(
  name: string,
  options?: SubjectOptions,
): Promise<Running<Message>> {
  const file = new URL(`subjects/${name}.ts`, import.meta.url).pathname
  const heap = options?.heapMegabytes
  const execArgv = heap === undefined ? [] : [`--max-old-space-size=${heap}`]
  const child = fork(file, options === undefined ? [] : [JSON.stringify(options)], { execArgv })
  const message = await new Promise<Message>((resolve, reject) => {
    child.once('message', (said) => {
      resolve(said as Message)
    })
    child.once('exit', (code) => {
      reject(new Error(`${name} ended with ${String(code)} before it was ready`))
    })
  })
  return { message, stop: () => stop(child) }
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => {
      resolve()
    })
    child.kill('SIGTERM')
  })
}
