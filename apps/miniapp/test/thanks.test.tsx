import { screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import RecordPage from '../src/pages/record/index'
import TipPage from '../src/pages/tip/index'
import { phone } from './support/phone'
import { CREATOR, openOrder, ORDER_ID, serve } from './support/samples'
import { control, open, tap, words } from './support/screen'

/** Somebody has tipped, and is thanked. */
async function openThanks(creator = CREATOR): Promise<void> {
  serve(creator)
  await open(TipPage)
  await tap('打赏 ¥5.00')
}

const creatorsAsked = () => phone.server.pathsOf('GET /api/creators/:slug').length

describe('thanks', () => {
  it('are the creator’s own words', async () => {
    await openThanks()
    expect(words()).toContain('谢谢你的心意¥5.00山海拾音 想对你说我们山海再见')
    expect(words()).not.toContain('选择金额')
  })

  it('are warm, too, of who has left no words', async () => {
    await openThanks({ ...CREATOR, thanks: null })
    expect(words()).toContain('山海拾音 想对你说每一份心意我都收到了，谢谢你！')
  })

  it('fall as petals that a screen reader does not see', async () => {
    await openThanks()
    const petals = document.querySelectorAll('[aria-hidden=true]')
    expect([...petals].map(({ childElementCount }) => childElementCount)).toContain(14)
  })

  it('end with the page as it is after the tip', async () => {
    await openThanks()
    serve({ ...CREATOR, supporterCount: 13 })
    await tap('完成')
    expect(words()).toContain('13 人支持过')
    expect(creatorsAsked()).toBe(2)
  })

  it('lead to my tips', async () => {
    await openThanks()
    await tap('我的打赏')
    expect(phone.opened).toEqual(['/pages/records/index'])
  })

  it('are the same where a tip of before is paid', async () => {
    serve()
    phone.server.answer('GET /api/orders/:orderId', openOrder())
    await open(RecordPage, { orderId: ORDER_ID })
    await tap('继续支付')
    expect(words()).toContain('我们山海再见')
    expect(screen.getAllByRole('button').map(({ textContent }) => textContent)).toEqual([
      ...['分享给朋友', '保存海报', '完成'],
    ])
    await tap('分享给朋友')
    expect(phone.shared).toMatchObject([{ path: '/pages/tip/index?creator=default' }])
    await tap('保存海报')
    expect(phone.album).toEqual(['poster.png'])
  })
})

it('a friend gets the page of this creator, from somebody who has tipped', async () => {
  await openThanks({ ...CREATOR, slug: 'shanhai' })
  await tap('分享给朋友')
  expect(phone.shared).toEqual([
    { title: '我刚刚支持了山海拾音，你也来看看吧', path: '/pages/tip/index?creator=shanhai' },
  ])
  expect(words()).toContain('我们山海再见')
})

describe('the poster', () => {
  it('is saved with the words of the creator on it, and says so', async () => {
    await openThanks()
    await tap('保存海报')
    expect(phone.drawn).toEqual([
      ...['山', '山海拾音', '刚刚收到一份心意', '我们山海再见'],
      '在微信里搜索小程序，一起支持创作',
    ])
    expect(phone.album).toEqual(['poster.png'])
    expect(phone.toasts).toEqual(['已保存到相册'])
    expect(phone.modals).toEqual([])
  })

  it('of a creator without words has those of the page', async () => {
    await openThanks({ ...CREATOR, thanks: null })
    await tap('保存海报')
    expect(phone.drawn).toContain('每一份心意我都收到了，谢谢你！')
  })

  it.each(['canvasToTempFilePath', 'saveImageToPhotosAlbum'])(
    'that %s does not save says so, and is saved by the next try',
    async (call) => {
      await openThanks()
      phone.broken.set(call, 'system error')
      await tap('保存海报')
      expect(phone.toasts).toEqual(['海报没有保存成功，请再试一次'])
      expect(phone.modals).toEqual([])
      phone.broken.clear()
      await tap('保存海报')
      expect(phone.album).toEqual(['poster.png'])
      expect(phone.toasts.at(-1)).toBe('已保存到相册')
    },
  )

  it('that the person themself does not want saved says nothing', async () => {
    await openThanks()
    phone.broken.set('saveImageToPhotosAlbum', 'cancel')
    await tap('保存海报')
    expect([...phone.toasts, ...phone.modals, ...phone.album]).toEqual([])
  })
})

describe('an album that is refused', () => {
  const REFUSED = '没有相册权限，海报无法保存'
  const QUESTION = { content: REFUSED, confirmText: '去设置', cancelText: '返回' }

  it('is opened in the settings of WeChat, and then takes the poster', async () => {
    await openThanks()
    phone.broken.set('saveImageToPhotosAlbum', 'auth deny')
    await tap('保存海报')
    expect(phone.modals).toEqual([QUESTION])
    expect(phone.opened).toEqual(['settings'])
    expect(phone.toasts).toEqual([])
    phone.broken.clear()
    await tap('保存海报')
    expect(phone.album).toEqual(['poster.png'])
    expect(phone.modals).toHaveLength(1)
  })

  it('says where the settings are when they do not open', async () => {
    await openThanks()
    phone.broken.set('saveImageToPhotosAlbum', 'auth deny')
    phone.broken.set('openSetting', 'fail')
    await tap('保存海报')
    expect(phone.opened).toEqual([])
    expect(phone.toasts).toEqual(['没能打开设置，请从右上角「···」进入设置'])
  })

  it('stays so for who does not want the settings, with the thanks as they were', async () => {
    await openThanks()
    phone.confirms = false
    phone.broken.set('saveImageToPhotosAlbum', 'auth deny')
    await tap('保存海报')
    expect(phone.modals).toEqual([QUESTION])
    expect([...phone.opened, ...phone.toasts, ...phone.album]).toEqual([])
    expect(control('保存海报')).toBeTruthy()
    expect(words()).toContain('我们山海再见')
  })
})
