import { createServer, type TestServer } from './server'

/** What WeChat tells a page of, by the name of Taro's hook for it. */
export type PageHook = 'useDidShow' | 'usePullDownRefresh' | 'useReachBottom' | 'useShareAppMessage'

interface Modal {
  readonly content: string
  readonly confirmText: string
  readonly cancelText: string
}

/** A phone with WeChat on it: what a test sets, and what the pages have done with it. */
export interface Phone {
  readonly server: TestServer
  readonly storage: Map<string, unknown>
  /** What WeChat is set to. */
  language: string
  /** What the page was opened with. */
  params: Partial<Record<string, string>>
  /** What the cashier says, `requestPayment:ok` for one. */
  pay: () => Promise<string>
  /** What fails, by the name of the call, and with which `errMsg`. */
  readonly broken: Map<string, string>
  /** What the person answers to a question of WeChat's own. */
  confirms: boolean
  readonly hooks: Map<PageHook, Set<() => unknown>>
  /** Who is to be told that a page is not there. */
  readonly lost: (() => void)[]
  readonly cashiers: object[]
  readonly opened: string[]
  readonly scrolledTo: number[]
  readonly toasts: string[]
  readonly copied: string[]
  readonly modals: Modal[]
  /** What is written on a poster. */
  readonly drawn: string[]
  readonly album: string[]
  /** What a friend gets. */
  readonly shared: unknown[]
  readonly title: { text: string }
  readonly pullDowns: { ended: number }
}

const createPhone = (): Phone => ({
  server: createServer(),
  storage: new Map(),
  language: 'zh_CN',
  params: {},
  pay: async () => 'requestPayment:ok',
  broken: new Map(),
  confirms: true,
  hooks: new Map(),
  lost: [],
  cashiers: [],
  opened: [],
  scrolledTo: [],
  toasts: [],
  copied: [],
  modals: [],
  drawn: [],
  album: [],
  shared: [],
  title: { text: '' },
  pullDowns: { ended: 0 },
})

export let phone = createPhone()

export function takeNewPhone(): void {
  phone = createPhone()
}
