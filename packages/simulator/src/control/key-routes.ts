import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import type { Platform } from '../platform.ts'
import type { KeysView } from './wire.ts'
import { KeyModeBody, KeyParams, RotateBody } from './schemas.ts'

/** The keys of WeChat's, as its console shows them, and what WeChat does to them over the years. */
export function keyRoutes(instance: FastifyInstance, platform: Platform): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()
  const { keys } = platform

  app.get('/_sim/keys', () => keysView(platform))
  app.post('/_sim/keys/mode', { schema: { body: KeyModeBody } }, (request) => {
    const { mode, publicKeyPercent } = request.body
    keys.setMode(mode)
    if (publicKeyPercent !== undefined) keys.setShares({ publicKeyPercent })
    return keysView(platform)
  })
  app.post('/_sim/keys/rotate', { schema: { body: RotateBody } }, async (request) => {
    const { kind, overlapPercent = 0 } = request.body
    await keys.rotate(kind)
    keys.setShares({ overlapPercent })
    return keysView(platform)
  })
  app.post('/_sim/keys/:id/revoke', { schema: { params: KeyParams } }, (request, reply) => {
    const { isRevoked } = keys.revoke(request.params.id)
    if (isRevoked) return keysView(platform)
    return reply.code(409).send({ error: 'unknown, or the last of its kind' })
  })
}

/** Without a private key and without the keys of the merchant. */
function keysView({ keys, merchantCertificate, account }: Platform): KeysView {
  return {
    mode: keys.mode(),
    ...keys.shares(),
    merchant: { mchid: account.mchid, serial: merchantCertificate.id },
    keys: keys.list().map((key) => ({
      id: key.id,
      kind: key.kind,
      isNewest: keys.newest(key.kind) === key,
      validFrom: key.validity?.from ?? null,
      validTo: key.validity?.to ?? null,
      publicPem: key.publicPem,
    })),
  }
}
