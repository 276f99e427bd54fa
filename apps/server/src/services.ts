import type { FastifyBaseLogger } from 'fastify'
import type { Config } from './config.ts'
import { createCreatorServices, type CreatorServices } from './creator-services.ts'
import type { Database } from './db/database.ts'
import { createCases, type Cases } from './features/cases/cases.ts'
import { createLedger, type Ledger } from './features/ledger/check.ts'
import { createLogin, type Login } from './features/login/login.ts'
import { createSessions, type Sessions } from './features/login/sessions.ts'
import { createRefusedNotifications } from './features/notifications/refused.ts'
import { createNotifications, type Notifications } from './features/notifications/receive.ts'
import type { Offer } from './features/orders/dependencies.ts'
import { openOffer } from './features/orders/offer.ts'
import { createOrders, type Orders } from './features/orders/orders.ts'
import { createReconciliation, type Reconciliation } from './features/reconciliation/daily.ts'
import { createRefunds, type Refunds } from './features/refunds/refunds.ts'
import { createRetention, type Retention } from './features/retention/remove-old.ts'
import { createMetrics, type Metrics } from './metrics/metrics.ts'
import type { Listen } from './db/listen.ts'
import type { Queue } from './queue/queue.ts'
import { reportAbsent } from './settlement/absent-channels.ts'
import type { WeChat } from './wechat/connect.ts'
import type { Channels } from './wechat/channels.ts'

export interface ServiceDependencies {
  readonly config: Config
  readonly db: Database
  readonly listen: Listen
  readonly queue: Queue
  readonly wechat: WeChat
  readonly now: () => Date
}

/** What the server can do, whoever asks for it: a route or a job. */
export interface Services extends CreatorServices {
  readonly channels: Channels
  readonly sessions: Sessions
  readonly login: Login
  readonly orders: Orders
  readonly notifications: Notifications
  readonly cases: Cases
  readonly refunds: Refunds
  readonly ledger: Ledger
  readonly metrics: Metrics
  readonly retention: Retention
  readonly reconciliation: Reconciliation
  /** What is open of channels that are not configured any more; for the log of the start. */
  reportAbsent(log: FastifyBaseLogger): Promise<void>
  /** Counts, and writes into this log, what fails where nobody waits for it. */
  watch(log: FastifyBaseLogger): void
  close(): Promise<void>
}

export async function createServices(dependencies: ServiceDependencies): Promise<Services> {
  const { config, db, listen, queue, wechat, now } = dependencies
  const { channels, checkText, miniProgram } = wechat
  const creatorServices = await createCreatorServices({ config, db, listen, now })
  const offer = await openOffer(db, offerSettings(config), now())
  const sessions = createSessions(sessionSecrets(config))
  const { followUpSeconds } = config
  const shop = { channels, checkText, offer, followUpSeconds }
  const refused = createRefusedNotifications(db, { kept: config.REFUSED_NOTIFICATIONS_KEPT })
  const metrics = createMetrics({ db, now })
  return {
    channels,
    sessions,
    login: createLogin({ db, miniProgram, sessions, now }),
    ...creatorServices,
    orders: createOrders({ db, queue, ...shop, now }),
    notifications: createNotifications({ db, queue, refused, metrics, now }),
    cases: createCases({ db, now }),
    refunds: createRefunds({ db, queue, channels, publicUrl: config.PUBLIC_URL, now }),
    ledger: createLedger({ db, now }),
    metrics,
    retention: createRetention({ db, settings: retentionSettings(config), now }),
    // Either kind of bill has the trade of both.
    reconciliation: createReconciliation({
      db,
      queue,
      channel: channels.forNewOrders,
      account: accountOf(config, offer),
      now,
    }),
    watch(log) {
      wechat.watchCertificates((why) => {
        metrics.certificatesFailed(why)
        log.error({ event: 'certificates_failed', why })
      })
    },
    reportAbsent: (log) => reportAbsent(db, channels.absent, log),
    close: () => wechat.close(),
  }
}

function sessionSecrets(config: Config) {
  return { current: config.SESSION_SECRET, previous: config.SESSION_SECRET_PREVIOUS }
}

function accountOf(config: Config, offer: Offer) {
  const { WECHAT_APPID: appid, WECHAT_PAY_MCHID: mchid } = config
  return { id: offer.merchantAccountId, appid, mchid }
}

function retentionSettings(config: Config) {
  const { NOTIFICATION_BODY_DAYS: notificationBodyDays, EVENT_DAYS: eventDays } = config
  return { notificationBodyDays, eventDays }
}

function offerSettings(config: Config) {
  return {
    appid: config.WECHAT_APPID,
    mchid: config.WECHAT_PAY_MCHID,
    description: config.TIP_DESCRIPTION,
    minFen: config.TIP_MIN_FEN,
    maxFen: config.TIP_MAX_FEN,
    publicUrl: config.PUBLIC_URL,
  }
}
