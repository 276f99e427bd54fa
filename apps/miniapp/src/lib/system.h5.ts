import type { Language } from '../words/words'

export function systemLanguage(): string {
  return navigator.language
}

/** `medium` is what a person chose in the settings of the browser. */
export function systemFontSizePx(): number {
  const probe = document.createElement('span')
  probe.style.fontSize = 'medium'
  document.body.append(probe)
  const size = Number(window.getComputedStyle(probe).fontSize.replace('px', ''))
  probe.remove()
  return size
}

/** A screen reader pronounces by it. */
export function tellLanguage(language: Language): void {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
}
