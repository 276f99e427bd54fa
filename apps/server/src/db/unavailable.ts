import { Prisma } from '../generated/prisma/client.ts'

/** Prisma: not reachable, too slow, connection closed, none free in time, no transaction in time, full. */
const PRISMA_CODES = new Set(['P1001', 'P1008', 'P1017', 'P2024', 'P2028', 'P2037'])
/** A raw query that failed; its cause has the SQLSTATE of PostgreSQL or the kind of the adapter. */
const RAW_QUERY_FAILED = 'P2010'
/** Connection exceptions, insufficient resources, intervention of an operator. */
const SQLSTATES = /^(08|53|57P)/
const ADAPTER_KINDS = new Set(['DatabaseNotReachable', 'ConnectionClosed', 'TooManyConnections'])
/** What the pool says by itself comes through Prisma as it is, and has no code. */
const POOL_MESSAGES = /^(timeout exceeded when trying to connect|Connection terminated)/

interface Cause {
  readonly kind?: string
  readonly originalCode?: string
}

/**
 * Whether it was the database that could not be reached, went away or had no connection free in time:
 * then the request was no mistake, and may be sent again.
 */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError))
    return error instanceof Error && POOL_MESSAGES.test(error.message)
  return error.code === RAW_QUERY_FAILED ? isCausedByIt(error) : PRISMA_CODES.has(error.code)
}

function isCausedByIt({ meta }: Prisma.PrismaClientKnownRequestError): boolean {
  const { cause } = (meta?.['driverAdapterError'] ?? {}) as { cause?: Cause }
  return ADAPTER_KINDS.has(cause?.kind ?? '') || SQLSTATES.test(cause?.originalCode ?? '')
}
