import type { Config } from './config.ts'
import { createCreatorServices, type CreatorServices } from './creator-services.ts'
import type { Database } from './db/database.ts'
import { createCases, type Cases } from './features/cases/cases.ts'
import { createLedger, type Ledger } from './features/ledger/check.ts'
import { createLogin, type Login } from './features/login/login.ts'
import { createSessions, type Sessions } from './features/login/sessions.ts'
import { createRefusedNotifications } from './features/notifications/refused.ts'
import { createNotifications, type Notifications } from './features/notifications/receive.ts'
import type { OrderDependencies } from './features/orders/dependencies.ts'
import { openOffer } from './features/orders/offer.ts'
import { createOrders, type Orders } from './features/orders/orders.ts'
import { createReconciliation, type Reconciliation } from './features/reconciliation/daily.ts'
import { createRefunds, type Refunds } from './features/refunds/refunds.ts'
import { createRetention, type Retention } from './features/retention/remove-old.ts'
import { createMetrics, type Metrics } from './metrics/metrics.ts'
import type { Queue } from './queue/queue.ts'
import type { WeChat } from './wechat/connect.ts'
import type { PaymentChannel } from './wechat/payment-channel.ts'

export interface ServiceDependencies {
  readonly config: Config
  readonly db: Database
  readonly queue: Queue
  readonly wechat: WeChat
  readonly now: () => Date
}

/** What the server can do, whoever asks for it: a route or a job. */
export interface Services extends CreatorServices {
  readonly channel: PaymentChannel
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
  close(): Promise<void>
}

export async function createServices(dependencies: ServiceDependencies): Promise<Services> {
  const { config, db, queue, wechat, now } = dependencies
  const { channel, checkText, miniProgram } = wechat
  const creatorServices = await createCreatorServices({ config, db, now })
  const offer = await openOffer(db, offerSettings(config), now())
  const sessions = createSessions({
    current: config.SESSION_SECRET,
    previous: config.SESSION_SECRET_PREVIOUS,
  })
  const account = {
    id: offer.merchantAccountId,
    appid: config.WECHAT_APPID,
    mchid: config.WECHAT_PAY_MCHID,
  }
  const { followUpSeconds } = config
  const books: OrderDependencies = { db, queue, channel, checkText, offer, followUpSeconds, now }
  const refused = createRefusedNotifications(db, { kept: config.REFUSED_NOTIFICATIONS_KEPT })
  const metrics = createMetrics({ db, now })
  return {
    channel,
    sessions,
    login: createLogin({ db, miniProgram, sessions, now }),
    ...creatorServices,
    orders: createOrders(books),
    notifications: createNotifications({ db, queue, channel, refused, metrics, now }),
    cases: createCases({ db, now }),
    refunds: createRefunds({ db, queue, channel, publicUrl: config.PUBLIC_URL, now }),
    ledger: createLedger({ db, now }),
    metrics,
    retention: createRetention({ db, settings: retentionSettings(config), now }),
    reconciliation: createReconciliation({ db, queue, channel, account, now }),
    close: () => wechat.close(),
  }
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
