import { Pool } from 'undici'

export const CONNECTIONS = 16

export interface Requests {
  readonly path: string
  readonly headers: Record<string, string>
  readonly bodies: readonly string[]
}

export interface Measurement {
  readonly perSecond: number
  readonly medianMs: number
  readonly p99Ms: number
}

/** Sends every body once, so many at a time, and refuses to measure anything but successes. */
export async function measure(url: string, requests: Requests): Promise<Measurement> {
  const { path, headers, bodies } = requests
  const pool = new Pool(url, { connections: CONNECTIONS })
  const latencies: number[] = []
  let next = 0

  async function work(): Promise<void> {
    for (let body = bodies[next++]; body !== undefined; body = bodies[next++]) {
      const startedAt = performance.now()
      const response = await pool.request({ path, method: 'POST', headers, body })
      const text = await response.body.text()
      if (response.statusCode !== 200) throw new Error(`HTTP ${response.statusCode}: ${text}`)
      latencies.push(performance.now() - startedAt)
    }
  }

  const startedAt = performance.now()
  await Promise.all(Array.from({ length: CONNECTIONS }, work))
  const seconds = (performance.now() - startedAt) / 1000
  await pool.close()
  return { perSecond: bodies.length / seconds, ...percentiles(latencies) }
}

export function percentiles(samples: readonly number[]): Omit<Measurement, 'perSecond'> {
  const sorted = [...samples].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? 0
  return { medianMs: at(0.5), p99Ms: at(0.99) }
}
