/**
 * What a screen reader is told, which Taro's templates leave out. Both sides need to know of them: the
 * build, which writes the templates, and the phone, which numbers the attributes by the same list.
 * https://developers.weixin.qq.com/miniprogram/dev/component/aria-component.html
 */
const ATTRIBUTES = {
  'aria-label': '',
  'aria-role': '',
  'aria-checked': '',
  'aria-hidden': '',
} as const

export const ARIA_COMPONENTS = {
  View: ATTRIBUTES,
  Button: ATTRIBUTES,
  Image: ATTRIBUTES,
  Input: ATTRIBUTES,
  Textarea: ATTRIBUTES,
  Text: ATTRIBUTES,
}
