import { DEFAULT_CREATOR } from '@dashang/shared/creator-link'
import Taro from '@tarojs/taro'

export const tipPath = (creator: string = DEFAULT_CREATOR) => `/pages/tip/index?creator=${creator}`

export function openRecords(): void {
  void Taro.navigateTo({ url: '/pages/records/index' })
}

export function openRecord(orderId: string): void {
  void Taro.navigateTo({ url: `/pages/record/index?orderId=${orderId}` })
}

export function openWall(creator: string): void {
  void Taro.navigateTo({ url: `/pages/wall/index?creator=${creator}` })
}

/** Begins anew at a creator's page: whatever was open before is left. */
export function restartAt(creator?: string): void {
  void Taro.reLaunch({ url: tipPath(creator) })
}

/** What comes in place of another thing is read from its beginning. */
export function scrollToTop(): void {
  void Taro.pageScrollTo({ scrollTop: 0, duration: 0 })
}

export function setTitle(title: string): void {
  void Taro.setNavigationBarTitle({ title })
}

export function stopPullDown(): void {
  Taro.stopPullDownRefresh()
}
