import { join } from 'node:path'
import { keepCertificates } from '../../packages/simulator/src/certificates/keep.ts'
import { readSigningKey } from '../../packages/simulator/src/pay-v3/platform-key.ts'

type Environment = Readonly<Record<string, string>>

/**
 * The server reads what the simulator makes, and neither waits for the other to start. The id of the
 * public key is made out of the key, so it is known only now.
 */
export async function withKeys(environment: Environment): Promise<Environment> {
  const { SIMULATOR_KEYS = '', WECHAT_PAY_MCHID = '', WECHAT_PAY_V3_KEY } = environment
  const made = await keepCertificates(SIMULATOR_KEYS, WECHAT_PAY_MCHID)
  if (WECHAT_PAY_V3_KEY === undefined) return environment
  const pair = { publicPem: made.wechatPublicKey, privatePem: made.wechatPrivateKey }
  const { id } = readSigningKey('public_key', pair, WECHAT_PAY_MCHID)
  const keys = [{ id, key: join(SIMULATOR_KEYS, 'pub_key.pem') }]
  return { WECHAT_PAY_PUBLIC_KEYS: JSON.stringify(keys), ...environment }
}
