import Taro from '@tarojs/taro'

/** A word that goes away by itself. */
export function toast(title: string): void {
  void Taro.showToast({ title, icon: 'none' })
}

/** Puts a text where the person can paste it from. */
export async function copyText(text: string, done: string): Promise<void> {
  await Taro.setClipboardData({ data: text })
  // WeChat says so by itself, in its own words; ours replace them.
  toast(done)
}

/** Asks before something of the phone opens; WeChat's own sheet. */
export async function askToContinue(content: string, confirmText: string): Promise<boolean> {
  // WeChat takes at most four characters for a button, and an English word does not fit.
  const { confirm } = await Taro.showModal({ content, confirmText: confirmText.slice(0, 4) })
  return confirm
}
