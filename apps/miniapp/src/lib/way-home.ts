import Taro from '@tarojs/taro'
import { restartAt } from './navigation'

/**
 * Leads to the start whoever opens a page that there is not. WeChat takes a redirect only at once, which
 * React is too late for.
 * https://developers.weixin.qq.com/miniprogram/dev/api/base/app/app-event/wx.onPageNotFound.html
 */
export function leadHome(): void {
  Taro.onPageNotFound(() => {
    restartAt()
  })
}
