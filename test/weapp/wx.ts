type Options = Record<string, unknown> & {
  success?: (result: object) => void
  fail?: (result: object) => void
  complete?: (result: object) => void
}

/** One asynchronous call: resolves with the fields of `success`, throws an object with `errMsg`. */
export type WxCall = (options: Record<string, unknown>) => object | Promise<object>

/** Is told of a page that there is not. */
export type PageNotFound = (page: { readonly path: string; readonly isEntryPage: boolean }) => void

export interface WxOptions {
  readonly lost: PageNotFound[]
  readonly calls: Readonly<Record<string, WxCall>>
  /** Base libraries before 2.10.2 return no promise. */
  readonly hasPromises: boolean
  readonly storage: Map<string, unknown>
  readonly firstPage: string
  /** `zh_CN` unless it is said. */
  readonly language?: string
}

const SYSTEM = {
  SDKVersion: '3.8.0',
  version: '8.0.50',
  platform: 'devtools',
  system: 'test',
  fontSizeSetting: 16,
  pixelRatio: 2,
  windowWidth: 375,
  windowHeight: 667,
  screenWidth: 375,
  screenHeight: 667,
  statusBarHeight: 20,
  safeArea: { top: 20, bottom: 667, left: 0, right: 375, width: 375, height: 647 },
}

const NOTHING = () => undefined

/** A pen that leaves no trace: what a poster looks like is another test. */
const PEN = {
  ...{ beginPath: NOTHING, moveTo: NOTHING, arcTo: NOTHING, closePath: NOTHING },
  ...{ fill: NOTHING, stroke: NOTHING, fillText: NOTHING, measureText: () => ({ width: 0 }) },
}

/** The `wx` object: what Taro's runtime asks of it, and the calls that a test answers. */
export function createWx(options: WxOptions) {
  const { calls, hasPromises, storage, firstPage, lost, language = 'zh_CN' } = options
  const system = () => ({ ...SYSTEM, language })
  const launch = () => ({ path: firstPage, query: {}, scene: 1001, referrerInfo: {} })
  const asynchronous = Object.fromEntries(
    Object.entries(calls).map(([name, call]) => [name, asynchronousApi(name, call, hasPromises)]),
  )
  return {
    getSystemInfoSync: system,
    getWindowInfo: system,
    getDeviceInfo: system,
    getAppBaseInfo: system,
    getSystemSetting: () => ({}),
    getAppAuthorizeSetting: () => ({}),
    canIUse: () => true,
    getLaunchOptionsSync: launch,
    getEnterOptionsSync: launch,
    getStorageSync: (key: string) => (storage.has(key) ? structuredClone(storage.get(key)) : ''),
    setStorageSync: (key: string, value: unknown) => storage.set(key, copy(value)),
    removeStorageSync: (key: string) => storage.delete(key),
    createOffscreenCanvas: () => ({ getContext: () => ({ ...PEN }) }),
    nextTick: queueMicrotask,
    onAppShow: NOTHING,
    onAppHide: NOTHING,
    onError: NOTHING,
    onUnhandledRejection: NOTHING,
    onThemeChange: NOTHING,
    onPageNotFound: (listener: PageNotFound) => lost.push(listener),
    pageScrollTo: NOTHING,
    stopPullDownRefresh: NOTHING,
    setNavigationBarTitle: NOTHING,
    showToast: NOTHING,
    ...asynchronous,
  }
}

function asynchronousApi(name: string, call: WxCall, hasPromises: boolean) {
  return (options: Options = {}) => {
    const outcome = Promise.resolve(copy(options) as Record<string, unknown>)
      .then(call)
      .then(
        (fields) => ({ kind: 'success' as const, result: { errMsg: `${name}:ok`, ...fields } }),
        (error: unknown) => ({ kind: 'fail' as const, result: failure(name, error) }),
      )
    if (options.success ?? options.fail ?? options.complete) {
      void outcome.then(({ kind, result }) => {
        options[kind]?.(result)
        options.complete?.(result)
      })
      return undefined
    }
    if (!hasPromises) return undefined
    return outcome.then(({ kind, result }) => {
      if (kind === 'success') return result
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- WeChat's own shape
      throw result
    })
  }
}

function failure(name: string, error: unknown): { errMsg: string } {
  const { errMsg } = error as { errMsg?: string }
  return { errMsg: errMsg ?? `${name}:fail ${String(error)}` }
}

/** As WeChat's bridge hands values over: data only. */
const copy = (value: unknown): unknown =>
  value === undefined ? undefined : JSON.parse(JSON.stringify(value))
