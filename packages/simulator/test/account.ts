import type { Account } from '../src/platform.ts'

export const ACCOUNT: Account = {
  appid: 'wx0123456789abcdef',
  appSecret: 'test-app-secret',
  mchid: '1900000001',
  merchantName: '打赏小店',
  v2Key: 'test-v2-key-test-v2-key-test-v2-',
  v3Key: 'test-v3-key-test-v3-key-test-v3-',
}
