import { OPERATOR_SCOPES } from '@dashang/shared/contracts/route'
import type { Simulator } from '@dashang/simulator'

export const ACCOUNT = {
  appid: 'wx0123456789abcdef',
  appSecret: 'test-app-secret',
  mchid: '1900000001',
  merchantName: '打赏小店',
  v2Key: 'test-v2-key-test-v2-key-test-v2-',
  v3Key: 'test-v3-key-test-v3-key-test-v3-',
}

export const OPERATOR = {
  name: 'li',
  token: 'operator-token-operator-token-00',
  scopes: OPERATOR_SCOPES,
}

const UNLIMITED = '100000'

/** What a server is told that works against this simulator, without a limit that a test would meet. */
export function testEnvironment(
  { url, tlsUrl, certificates, v3 }: Pick<Simulator, 'url' | 'tlsUrl' | 'certificates' | 'v3'>,
  port: number,
): Record<string, string> {
  const { publicKeyId: id, publicKey: key } = v3()
  return {
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    SESSION_SECRET: 'session-secret-session-secret-00',
    WECHAT_APPID: ACCOUNT.appid,
    WECHAT_APP_SECRET: ACCOUNT.appSecret,
    WECHAT_API_BASE_URL: url,
    WECHAT_PAY_BASE_URL: url,
    WECHAT_PAY_MTLS_BASE_URL: tlsUrl,
    WECHAT_PAY_CLIENT_CERT: certificates.merchantCert,
    WECHAT_PAY_CLIENT_KEY: certificates.merchantKey,
    WECHAT_PAY_CA_CERT: certificates.caCert,
    WECHAT_PAY_MCHID: ACCOUNT.mchid,
    WECHAT_PAY_V2_KEY: ACCOUNT.v2Key,
    WECHAT_PAY_V3_KEY: ACCOUNT.v3Key,
    WECHAT_PAY_PUBLIC_KEYS: JSON.stringify([{ id, key }]),
    WECHAT_TIMEOUT_MS: '2000',
    OPERATORS: JSON.stringify([OPERATOR]),
    REQUESTS_PER_MINUTE: UNLIMITED,
    LOGINS_PER_MINUTE: UNLIMITED,
    PREPAYS_PER_MINUTE: UNLIMITED,
    CONFIRMS_PER_MINUTE: UNLIMITED,
  }
}
