import { measureSimulator } from './measure.ts'

const { ordersPerSecond, notificationsPerSecond } = await measureSimulator()
console.log(
  `simulator alone: ${String(ordersPerSecond)} orders/s, ${String(notificationsPerSecond)} notifications/s`,
)
