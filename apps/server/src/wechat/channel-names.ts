/** The ways to WeChat that there are; each is here only if it is configured. */
export const CHANNEL_NAMES = ['v2', 'v3'] as const
export type ChannelName = (typeof CHANNEL_NAMES)[number]
