import type { Account } from '@dashang/simulator'

/** The merchant and the mini-program of every test end to end. */
export const ACCOUNT: Account = {
  appid: 'wx0123456789abcdef',
  appSecret: 'e2e-app-secret',
  mchid: '1900000001',
  merchantName: '打赏小店',
  v2Key: 'e2e-v2-key-e2e-v2-key-e2e-v2-key',
  v3Key: 'e2e-v3-key-e2e-v3-key-e2e-v3-key',
}
