import closeWithGrace from 'close-with-grace'
import { pino } from 'pino'
import { loadConfig } from './config.ts'
import { reasonFor } from './operator-reason.ts'
import { startServer } from './start-server.ts'

const STOP_WITHIN_MS = 10_000

try {
  const config = loadConfig()
  const logger = pino({ level: config.LOG_LEVEL, base: null })
  const server = await startServer({ config, logger })
  logger.info({ event: 'server_started', url: server.url })
  closeWithGrace({ delay: STOP_WITHIN_MS, logger: false }, async ({ err, signal }) => {
    if (err) logger.fatal({ event: 'server_broken', err })
    logger.info({ event: 'server_stopping', signal })
    await server.close()
  })
} catch (error) {
  console.error(`The server cannot start. ${reasonFor(error)}`)
  // The migration engine leaves a timer behind that would hold the process for ten seconds.
  process.exit(1)
}
