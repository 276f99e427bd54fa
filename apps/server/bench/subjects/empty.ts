import Fastify from 'fastify'
import { NOTIFY_PATH, PREPAY_PATH, readOptions, sayReady } from '../world.ts'

// The first floor: Fastify that reads the body and answers nothing.
const { port } = readOptions()
const app = Fastify()
app.addContentTypeParser('text/xml', { parseAs: 'buffer' }, (_, body, done) => {
  done(null, body)
})
app.post(PREPAY_PATH, () => ({}))
app.post(NOTIFY_PATH, () => '')
await app.listen({ port, host: '127.0.0.1' })
sayReady()
