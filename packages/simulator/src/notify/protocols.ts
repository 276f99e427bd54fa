import type { Api } from '../order.ts'
import type { Protocol } from './protocol.ts'
import { V2_PROTOCOL } from './v2-protocol.ts'
import { V3_PROTOCOL } from './v3-protocol.ts'

export const PROTOCOLS = { v2: V2_PROTOCOL, v3: V3_PROTOCOL } as const satisfies Record<
  Api,
  Protocol
>
