/** What every process of a benchmark agrees on. */
export const WORLD = {
  appid: 'wx0123456789abcdef',
  appSecret: 'bench-app-secret',
  mchid: '1900000001',
  merchantName: '打赏小店',
  v2Key: 'bench-v2-key-bench-v2-key-bench0',
  v3Key: 'bench-v3-key-bench-v3-key-bench0',
  amountFen: 500,
} as const

export const SIGNING_KEY = { key: WORLD.v2Key, signType: 'HMAC-SHA256' } as const

/** Opens the overlay of the creator of the settings. */
export const OVERLAY_KEY = 'bench-overlay-key-bench-overlay0'

export const PREPAY_PATH = '/api/prepay'
export const NOTIFY_PATH = '/notify/wechat-pay/v2/payment'

/** What a subject is told when it is forked. */
export interface SubjectOptions {
  readonly simulatorUrl: string
  /** `null`: the embedded database, in `dataDir`. */
  readonly databaseUrl: string | null
  readonly dataDir: string
  /** Who tips. */
  readonly openid: string
  readonly port: number
  /** Which day's bill, where one is compared. */
  readonly day?: string
  /** How much the process may keep; without it as much as Node.js likes. */
  readonly heapMegabytes?: number
}

/** Reads the options that `start` passed. */
export function readOptions(): SubjectOptions {
  return JSON.parse(process.argv[2] ?? '{}') as SubjectOptions
}

/** Tells the parent that requests may come. */
export function sayReady(message: object = {}): void {
  process.send?.(message)
}
