import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { writeXml } from '@dashang/shared/signing/xml'

/** A notify address whose word can be changed. */
export async function createInbox() {
  const inbox = { isOpen: true, received: 0 }
  const server = createServer((request, response) => {
    inbox.received += 1
    request.resume()
    const return_code = inbox.isOpen ? 'SUCCESS' : 'FAIL'
    response.end(writeXml({ return_code, return_msg: inbox.isOpen ? 'OK' : 'not now' }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return Object.assign(inbox, {
    url: `http://127.0.0.1:${String(port)}/notify`,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  })
}
