/** The creator of whoever opens the mini-program without naming one. */
export const DEFAULT_CREATOR = 'default'

/** With its `c=` it fits into the 32 characters of a mini-program code's scene. */
export const CREATOR_SLUG_PATTERN = '^[a-z0-9](?:[a-z0-9-]{0,28}[a-z0-9])?$'

const SCENE_PREFIX = 'c='

/**
 * What a mini-program code carries for a creator.
 * https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/qrcode-link/qr-code/getUnlimitedQRCode.html
 */
export function sceneOfSlug(slug: string): string {
  return `${SCENE_PREFIX}${slug}`
}

/**
 * Whom a scene or `?creator=` names: `c=slug` or the slug itself, as WeChat hands it over, encoded or
 * not. `null` for what cannot be a slug.
 */
export function slugOfScene(scene: string): string | null {
  const text = decode(scene)
  const slug = text.startsWith(SCENE_PREFIX) ? text.slice(SCENE_PREFIX.length) : text
  return new RegExp(CREATOR_SLUG_PATTERN).test(slug) ? slug : null
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
