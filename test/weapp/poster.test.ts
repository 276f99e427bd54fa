import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { startSystem, type System } from '../support/system.ts'
import { createPhone, launch, tip, until } from './phone.ts'
import type { WxCall } from './wx.ts'

let system: System

beforeAll(async () => {
  system = await startSystem()
})
afterAll(() => system.close())

/** Whether the mini-program may write to the album, and what the person says to its question. */
interface Album {
  readonly isRefused: boolean
  readonly confirms?: boolean
  readonly hasPromises?: boolean
}

/** Thanks on the screen of a phone whose album answers so, and what WeChat was asked for, in order. */
async function openThanks({ isRefused, confirms = false, hasPromises = true }: Album) {
  const asked: string[] = []
  const modals: Record<string, unknown>[] = []
  let isAllowed = !isRefused
  const calls: Readonly<Record<string, WxCall>> = {
    canvasToTempFilePath: () => ({ tempFilePath: 'wxfile://poster.png' }),
    saveImageToPhotosAlbum: ({ filePath }) => {
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- WeChat's own shape
      if (!isAllowed) throw { errMsg: 'saveImageToPhotosAlbum:fail auth deny' }
      asked.push(`save ${String(filePath)}`)
      return {}
    },
    showModal: (modal) => {
      modals.push(modal)
      asked.push('modal')
      return { confirm: confirms, cancel: !confirms }
    },
    openSetting: () => {
      asked.push('settings')
      isAllowed = true
      return { authSetting: { 'scope.writePhotosAlbum': true } }
    },
    showToast: ({ title }) => {
      asked.push(`toast ${String(title)}`)
      return {}
    },
  }
  const { phone } = createPhone(system, { calls, hasPromises })
  await launch(phone)
  await tip(phone, 200)
  await until(phone, '谢谢你的心意')
  const askedInAll = (...all: readonly string[]) =>
    vi.waitFor(() => {
      expect(asked).toEqual(all)
    })
  return { phone, modals, askedInAll }
}

describe.each([true, false])('the poster, with promises of wx: %s', (hasPromises) => {
  it('is saved to the album', async () => {
    const { phone, askedInAll } = await openThanks({ isRefused: false, hasPromises })
    expect(phone.page().tap('poster')).toBeGreaterThan(0)
    await askedInAll('save wxfile://poster.png', 'toast 已保存到相册')
  })

  it('leads to the settings where the album is refused, and is saved after them', async () => {
    const { phone, modals, askedInAll } = await openThanks({
      ...{ isRefused: true, confirms: true, hasPromises },
    })
    phone.page().tap('poster')
    await askedInAll('modal', 'settings')
    expect(modals[0]).toMatchObject({
      content: '没有相册权限，海报无法保存',
      confirmText: '去设置',
      cancelText: '返回',
    })
    phone.page().tap('poster')
    await askedInAll(
      ...['modal', 'settings'],
      ...['save wxfile://poster.png', 'toast 已保存到相册'],
    )
  })

  it('opens no settings for who does not want them, and asks again by the next tap', async () => {
    const { phone, askedInAll } = await openThanks({ isRefused: true, hasPromises })
    phone.page().tap('poster')
    await askedInAll('modal')
    phone.page().tap('poster')
    await askedInAll('modal', 'modal')
    expect(phone.page().text()).toContain('谢谢你的心意')
  })
})
