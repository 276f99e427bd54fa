import { useEffect, useRef, useState } from 'react'
import type { Pen } from '../../src/flow/poster'
import { phone, type PageHook } from '../support/phone'

/** A call of WeChat, which may fail as WeChat's do: with an `errMsg` and nothing else. */
async function ask(name: string): Promise<{ errMsg: string }> {
  const reason = phone.broken.get(name)
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- WeChat's own shape
  if (reason !== undefined) throw { errMsg: `${name}:fail ${reason}` }
  return { errMsg: `${name}:ok` }
}

interface Requested {
  readonly url: string
  readonly method: string
  readonly header: Readonly<Record<string, string>>
  readonly data?: unknown
}

interface Cashier {
  readonly success: (result: { errMsg: string }) => void
  readonly fail: (result: { errMsg: string }) => void
}

function nothing(): void {
  return undefined
}

/** A pen that leaves words only: what a poster looks like is another test. */
const PEN: Pen = {
  ...{ fillStyle: '', strokeStyle: '', lineWidth: 1, font: '', textAlign: '', textBaseline: '' },
  ...{ beginPath: nothing, moveTo: nothing, arcTo: nothing, closePath: nothing },
  ...{ fill: nothing, stroke: nothing },
  fillText: (text) => phone.drawn.push(text),
  measureText: () => ({ width: 0 }),
}

/** What `lib/` asks of Taro, answered by the phone of the test. */
const Taro = {
  canIUse: () => true,
  getAppBaseInfo: () => ({ language: phone.language, fontSizeSetting: 16 }),
  getStorageSync: (key: string) => structuredClone(phone.storage.get(key)) ?? '',
  setStorageSync: (key: string, value: unknown) => {
    if (phone.broken.has('setStorageSync')) throw new Error('setStorageSync:fail')
    phone.storage.set(key, structuredClone(value))
  },
  removeStorageSync: (key: string) => phone.storage.delete(key),

  login: async () => ({ ...(await ask('login')), code: 'code' }),
  request: ({ url, method, header, data }: Requested) => {
    const token = header['authorization']?.replace('Bearer ', '') ?? null
    return phone.server.receive(method, url, { body: data, token })
  },
  requestPayment: ({ success, fail, ...payment }: Cashier) => {
    phone.cashiers.push(payment)
    void phone.pay().then((errMsg) => {
      const tell = errMsg === 'requestPayment:ok' ? success : fail
      tell({ errMsg })
    })
  },

  onPageNotFound: (listener: () => void) => phone.lost.push(listener),
  navigateTo: async ({ url }: { url: string }) => phone.opened.push(url),
  reLaunch: async ({ url }: { url: string }) => phone.opened.push(url),
  setNavigationBarTitle: async ({ title }: { title: string }) => {
    phone.title.text = title
  },
  pageScrollTo: async ({ scrollTop }: { scrollTop: number }) => {
    phone.scrolledTo.push(scrollTop)
  },
  stopPullDownRefresh: () => {
    phone.pullDowns.ended += 1
  },

  showToast: async ({ title }: { title: string }) => phone.toasts.push(title),
  showModal: async (modal: (typeof phone.modals)[number]) => {
    phone.modals.push(modal)
    return { confirm: phone.confirms }
  },
  setClipboardData: async ({ data }: { data: string }) => {
    await ask('setClipboardData')
    phone.copied.push(data)
  },
  createOffscreenCanvas: () => ({ getContext: () => ({ ...PEN }) }),
  canvasToTempFilePath: async () => ({
    ...(await ask('canvasToTempFilePath')),
    tempFilePath: 'poster.png',
  }),
  saveImageToPhotosAlbum: async ({ filePath }: { filePath: string }) => {
    await ask('saveImageToPhotosAlbum')
    phone.album.push(filePath)
  },
  openSetting: async () => {
    await ask('openSetting')
    phone.opened.push('settings')
  },
}

/** A hook of the page: the newest function is called as long as the page is there. */
function pageHook(name: PageHook) {
  return function usePageHook(callback: () => unknown): void {
    const newest = useRef(callback)
    useEffect(() => {
      newest.current = callback
    })
    useEffect(() => {
      const call = () => newest.current()
      const calls = phone.hooks.get(name) ?? new Set()
      phone.hooks.set(name, calls.add(call))
      return () => {
        calls.delete(call)
      }
    }, [])
  }
}

export const useDidShow = pageHook('useDidShow')
export const usePullDownRefresh = pageHook('usePullDownRefresh')
export const useReachBottom = pageHook('useReachBottom')
export const useShareAppMessage = pageHook('useShareAppMessage')
/** A page keeps what it was opened with. */
export const useRouter = () => useState({ params: phone.params })[0]

export { Taro as default }
