import Taro from '@tarojs/taro'

/** A word that goes away by itself. */
export function toast(title: string): void {
  void Taro.showToast({ title, icon: 'none' })
}

/** Puts a text where the person can paste it from. */
export async function copyText(
  text: string,
  words: { readonly copied: string; readonly notCopied: string },
): Promise<void> {
  try {
    await Taro.setClipboardData({ data: text })
  } catch {
    toast(words.notCopied)
    return
  }
  // WeChat says so by itself, in its own words; ours replace them.
  toast(words.copied)
}

/** WeChat takes at most four characters for a button. */
interface Question {
  readonly content: string
  readonly confirmText: string
  readonly cancelText: string
}

/** Asks before something of the phone opens; WeChat's own sheet. */
export async function askToContinue(question: Question): Promise<boolean> {
  const { confirm } = await Taro.showModal({ ...question })
  return confirm
}
