import { createServer } from 'node:net'

/** The names of the settings whose port somebody else listens on. */
export async function takenPorts(ports: Readonly<Record<string, string>>): Promise<string[]> {
  const checks = Object.entries(ports).map(async ([name, port]) =>
    (await isFree(Number(port))) ? [] : [name],
  )
  return (await Promise.all(checks)).flat()
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => {
      resolve(false)
    })
    server.listen(port, '127.0.0.1', () => {
      server.close(() => {
        resolve(true)
      })
    })
  })
}
