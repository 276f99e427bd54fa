import { DIALECTS, onCall } from '../support/dialects.ts'
import { advance, ask, logIn, newId, prepay, tell, type Stage } from './stage.ts'

/** The thing that a scenario is about. */
export interface Subject {
  readonly orderId: string
  readonly token: string
}

export interface Scenario {
  /** Before any step is counted. */
  prepare(stage: Stage): Promise<Subject>
  /** Where the process may die at any step. */
  run(stage: Stage, subject: Subject): Promise<unknown>
  /** What a person does when the server is back; nothing by default. */
  after?(stage: Stage, subject: Subject): Promise<unknown>
}

const HALF_AN_HOUR = 31 * 60
const A_DAY = 24 * 60 * 60
const BEIJING = 8 * 60 * 60

/** Until noon of the day after, in Beijing: then the bill of today is there. */
function secondsToTheBill({ simulator }: Stage): number {
  const now = simulator.clock.now().getTime() / 1000
  const sinceMidnight = (now + BEIJING) % A_DAY
  return 1.5 * A_DAY - sinceMidnight
}

async function newSubject(stage: Stage): Promise<Subject> {
  return { orderId: newId(), token: await logIn(stage) }
}

async function placed(stage: Stage): Promise<Subject> {
  const subject = await newSubject(stage)
  await prepay(stage, subject.token, subject.orderId)
  return subject
}

async function paid(stage: Stage): Promise<Subject> {
  const subject = await placed(stage)
  stage.simulator.pay(subject.orderId)
  await advance(stage, 20)
  return subject
}

export const SCENARIOS = {
  'prepay, and nobody comes back': {
    prepare: newSubject,
    run: (stage, { token, orderId }) => prepay(stage, token, orderId),
  },
  'prepay, and the person tries again and pays': {
    prepare: newSubject,
    run: (stage, { token, orderId }) => prepay(stage, token, orderId),
    async after(stage, { token, orderId }) {
      const reply = await prepay(stage, token, orderId)
      if (reply?.status === 200) stage.simulator.pay(orderId)
    },
  },
  notify: {
    prepare: placed,
    async run(stage, { orderId }) {
      stage.simulator.pay(orderId)
      await stage.simulator.clock.advance(1000)
    },
  },
  'follow-up of a payment that nobody told of': {
    async prepare(stage) {
      stage.simulator.faults.add({ on: 'notification', fault: 'drop' })
      return placed(stage)
    },
    async run(stage, { orderId }) {
      stage.simulator.pay(orderId)
      await advance(stage, 10)
    },
  },
  close: { prepare: placed, run: (stage) => advance(stage, HALF_AN_HOUR) },
  refund: {
    prepare: paid,
    async run(stage, { orderId }) {
      const body = { refundId: newId(), amountFen: 200, reason: '退款' }
      const path = `/api/admin/orders/${orderId}/refunds`
      await ask(stage, 'POST', path, { token: stage.operatorToken, body })
      await advance(stage, 60)
    },
  },
  'refund of a second payment': {
    prepare: paid,
    async run(stage, { orderId }) {
      stage.simulator.pay(orderId, 'pay_again')
      await advance(stage, 60)
    },
  },
  'reconcile, with a payment that only the bill knows': {
    async prepare(stage) {
      stage.simulator.faults.add({ on: 'notification', fault: 'drop' })
      stage.simulator.faults.add(onCall(DIALECTS[stage.channel].api.query, 'system_error'))
      const subject = await placed(stage)
      stage.simulator.pay(subject.orderId)
      await advance(stage, secondsToTheBill(stage))
      return subject
    },
    run: (stage) => tell(stage, { kind: 'job', name: 'reconcile_bill' }),
  },
} as const satisfies Readonly<Record<string, Scenario>>
