import { ARIA_COMPONENTS } from '../src/lib/aria-attributes'

/** As much as is used here of what Taro hands to a plugin. */
interface PluginContext {
  registerMethod(method: { name: string; fn: (platform: Platform) => void }): void
}

interface Platform {
  /** The web has none. */
  readonly template?: { mergeComponents(ctx: unknown, patch: object): void }
}

/** Has the templates pass on what a screen reader is told. */
export default function ariaPlugin(ctx: PluginContext): void {
  ctx.registerMethod({
    name: 'onSetupClose',
    fn(platform) {
      platform.template?.mergeComponents(ctx, ARIA_COMPONENTS)
    },
  })
}
