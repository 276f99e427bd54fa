import type { NotificationProtocol } from '../platform.ts'
import type { Protocol } from './protocol.ts'
import { V2_PROTOCOL } from './v2-protocol.ts'

export const PROTOCOLS = { v2: V2_PROTOCOL } as const satisfies Record<
  NotificationProtocol,
  Protocol
>
