import Taro from '@tarojs/taro'

export function openRecords(): void {
  void Taro.navigateTo({ url: '/pages/records/index' })
}

export function stopPullDown(): void {
  Taro.stopPullDownRefresh()
}
