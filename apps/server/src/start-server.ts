import type { FastifyBaseLogger } from 'fastify'
import { createApp } from './app.ts'
import type { Config } from './config.ts'
import { openDatabase, type OpenDatabase } from './db/database.ts'
import { createHandlers } from './jobs/handlers.ts'
import { openQueue, startWorkers, type Queue } from './queue/queue.ts'
import { createServices } from './services.ts'
import { connectWeChat } from './wechat/connect.ts'

export interface RunningServer {
  readonly url: string
  close(): Promise<void>
}

interface Options {
  readonly config: Config
  readonly logger: FastifyBaseLogger
  readonly now?: () => Date
  /** Who has to reach the same database as well: an embedded one can be opened only once. */
  readonly open?: typeof openDatabase
}

/** Opens the database, listens and works, and answers how to stop all of it, the listener first. */
export async function startServer(options: Options): Promise<RunningServer> {
  const { config, logger, open = openDatabase } = options
  const database = await open({
    databaseUrl: config.DATABASE_URL,
    dataDir: config.DATA_DIR,
  })
  const opened: { close(): Promise<void> }[] = [database]
  const closeAll = async () => {
    for (const { close } of opened.splice(0).reverse()) await close()
  }
  try {
    const onError = (error: Error) => {
      logger.error({ event: 'queue_failed', err: error })
    }
    const queue = await openQueue({ boss: database.boss, onError })
    opened.push(queue)
    const url = await run(options, database, queue, opened)
    return { url, close: closeAll }
  } catch (error) {
    await closeAll()
    throw error
  }
}

async function run(
  { config, logger, now = () => new Date() }: Options,
  { db, listen }: OpenDatabase,
  queue: Queue,
  opened: { close(): Promise<void> }[],
): Promise<string> {
  const wechat = connectWeChat(config, now)
  const services = await createServices({ config, db, listen, queue, wechat, now })
  services.watch(logger)
  const app = await createApp({ config, db, services, logger, now })
  opened.push({ close: () => app.close() })
  const url = await app.listen({ host: config.HOST, port: config.PORT })
  await services.reportAbsent(logger)
  await startWorkers(queue, {
    handlers: createHandlers({ services, logger }),
    onFailure({ job, error }) {
      logger.error({ event: 'job_failed', job, err: error })
    },
  })
  return url
}
