import { Counter, Gauge, Registry } from 'prom-client'
import type { Database } from '../db/database.ts'
import type { Channel, Verdict } from '../generated/prisma/client.ts'

/** What this process counts while it works. */
const COUNTERS = {
  notifications: { help: 'Authentic notifications, by what they came to', label: 'verdict' },
  notification_probes: {
    help: 'Wrong signatures that WeChat sent to see them refused',
    label: 'channel',
  },
  failed_certificate_fetches: {
    help: "Times that WeChat's certificates of API v3 could not be had, by reason",
    label: 'why',
  },
  refused_notifications: { help: 'Refused at a notify address, by error code', label: 'code' },
} as const

interface Reading {
  readonly db: Database
  readonly now: Date
}

interface GaugeDescription {
  readonly help: string
  readonly label?: string
  /** Values by label; one without a label has the name `''`. */
  read(reading: Reading): Promise<Record<string, number>>
}

/** What stands in the database, read when somebody looks. */
const GAUGES = {
  orders: {
    help: 'Orders by state',
    label: 'state',
    async read({ db }) {
      const rows = await db.order.groupBy({ by: ['state'], _count: true })
      return Object.fromEntries(rows.map(({ state, _count }) => [state, _count]))
    },
  },
  open_cases: {
    help: 'Cases that nobody has settled yet',
    read: async ({ db }) => ({ '': await db.case.count({ where: { state: 'open' } }) }),
  },
  ledger_is_right: {
    help: '1 when the last check found nothing, 0 when it did',
    async read({ db }) {
      const last = await lastLedgerCheck(db)
      return last === null ? {} : { '': Number(last.isRight) }
    },
  },
  ledger_checked_seconds_ago: {
    help: 'Age of the last check of the ledger',
    async read({ db, now }) {
      const last = await lastLedgerCheck(db)
      return last === null ? {} : { '': (now.getTime() - last.checkedAt.getTime()) / 1000 }
    },
  },
  pending_jobs: {
    help: 'Jobs that wait for their time, for a worker or for their end',
    label: 'job',
    async read({ db }) {
      const rows = await db.$queryRaw<{ name: string; jobs: bigint }[]>`
        SELECT "name", count(*) AS jobs FROM pgboss.job
        WHERE "state" IN ('created', 'retry', 'active') GROUP BY "name"`
      return Object.fromEntries(rows.map(({ name, jobs }) => [name, Number(jobs)]))
    },
  },
} as const satisfies Readonly<Record<string, GaugeDescription>>

export interface Metrics {
  readonly contentType: string
  notificationReceived(verdict: Verdict): void
  notificationRefused(code: string): void
  /** A refusal that WeChat wanted to see. */
  notificationProbed(channel: Channel): void
  certificatesFailed(why: string): void
  /** All of it, in the words of Prometheus. */
  text(): Promise<string>
}

/** Each app has its own registry, so that two of them in one process do not add up. */
export function createMetrics({ db, now }: { db: Database; now: () => Date }): Metrics {
  const registry = new Registry()
  const count = (name: keyof typeof COUNTERS) => {
    const { help, label } = COUNTERS[name]
    const labelNames = [label]
    const options = { name: `dashang_${name}_total`, help, labelNames, registers: [registry] }
    const counter = new Counter(options)
    return (value: string) => {
      counter.inc({ [label]: value })
    }
  }
  for (const [name, { help, read, label }] of Object.entries<GaugeDescription>(GAUGES)) {
    new Gauge({
      name: `dashang_${name}`,
      help,
      labelNames: label === undefined ? [] : [label],
      registers: [registry],
      async collect() {
        const values = await read({ db, now: now() })
        this.reset()
        // Without a label, a reset leaves a 0, which is a value; nothing read is no value.
        if (label === undefined) this.remove({})
        for (const [key, value] of Object.entries(values)) {
          this.set(label === undefined ? {} : { [label]: key }, value)
        }
      },
    })
  }
  return {
    contentType: registry.contentType,
    notificationReceived: count('notifications'),
    notificationRefused: count('refused_notifications'),
    notificationProbed: count('notification_probes'),
    certificatesFailed: count('failed_certificate_fetches'),
    text: () => registry.metrics(),
  }
}

/** What the last check came to; `null` before the first. */
export function lastLedgerCheck(db: Database) {
  return db.ledgerCheck.findFirst({
    orderBy: { id: 'desc' },
    select: { isRight: true, checkedAt: true },
  })
}
