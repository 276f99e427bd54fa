const STANDARD_PX = 16

/** The class for the text size that the phone is set to; WeChat's largest is about half as large again. */
export function textSizeClass(fontSizePx: number): string {
  const percent = (fontSizePx / STANDARD_PX) * 100
  if (percent >= 145) return 'text-size-150'
  if (percent >= 125) return 'text-size-130'
  return percent >= 108 ? 'text-size-115' : ''
}
