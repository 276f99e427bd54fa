import { createAbsentChannel } from './absent-channel.ts'
import { CHANNEL_NAMES, type ChannelName } from './channel-names.ts'
import type { PaymentChannel } from './payment-channel.ts'

/** The ways to WeChat of this server. An order keeps the one that it was placed by. */
export interface Channels {
  readonly forNewOrders: PaymentChannel
  /** Those that are configured. */
  readonly configured: readonly PaymentChannel[]
  readonly absent: readonly ChannelName[]
  /** One that is not configured refuses all, and says so. */
  of(name: ChannelName): PaymentChannel
}

export function createChannels(
  configured: readonly PaymentChannel[],
  nameForNewOrders: ChannelName,
): Channels {
  const byName = Object.fromEntries(
    CHANNEL_NAMES.map((name) => {
      const channel = configured.find((each) => each.name === name)
      return [name, channel ?? createAbsentChannel(name)]
    }),
  ) as Record<ChannelName, PaymentChannel>
  return {
    forNewOrders: byName[nameForNewOrders],
    configured,
    absent: CHANNEL_NAMES.filter((name) => !configured.some((each) => each.name === name)),
    of: (name) => byName[name],
  }
}
