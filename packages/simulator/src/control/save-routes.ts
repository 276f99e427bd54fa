import type { FastifyInstance } from 'fastify'
import { keptState } from '../kept-state.ts'
import type { Platform } from '../platform.ts'
import { writeState } from '../state-file.ts'

/** `POST /_sim/save`: the state as it is now into its file, which else is written at the end. */
export function saveRoutes(
  app: FastifyInstance,
  platform: Platform,
  stateFile: string | null,
): void {
  app.post('/_sim/save', async (_, reply) => {
    if (stateFile === null) {
      return reply
        .code(409)
        .send({ error: 'no file for it; start the simulator with --state FILE' })
    }
    await writeState(stateFile, keptState(platform))
    return { file: stateFile }
  })
}
