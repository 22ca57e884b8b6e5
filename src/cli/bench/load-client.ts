import { Agent, request } from 'node:http'
import { text } from 'node:stream/consumers'
import type { Plan, Shot } from './load.ts'
import { percentile } from './percentile.ts'

/** The one who asks, in a process of its own: reads a plan from standard input and prints what it met as JSON. */

const { address, connections, seconds, warmSeconds, once, requests } = JSON.parse(await text(process.stdin)) as Plan
const agent = new Agent({ keepAlive: true, maxSockets: connections })
const { hostname, port } = new URL(address)

function send({ path, method = 'GET', headers, body }: Shot): Promise<number> {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }
    const asked = request({ agent, hostname, port, path, method, headers: { ...headers, ...length } }, (answer) => {
      answer.on('end', () => resolve(answer.statusCode ?? 0)).on('error', reject).resume()
    })
    asked.on('error', reject).end(body)
  })
}

/** Keeps every connection busy until the time is over, or until the list is when each may be sent only once. */
async function fire(forMs: number): Promise<{ latencies: number[]; faults: Record<string, number>; ms: number }> {
  const latencies: number[] = []
  const faults: Record<string, number> = {}
  const start = performance.now()
  let next = 0
  await Promise.all(Array.from({ length: connections }, async () => {
    while (performance.now() - start < forMs) {
      const shot = requests[once ? next : next % requests.length]
      next++
      if (!shot) return
      const sent = performance.now()
      const status = await send(shot).catch((error: NodeJS.ErrnoException) => error.code ?? 'failed')
      latencies.push(performance.now() - sent)
      if (status !== (shot.expect ?? 200)) faults[status] = (faults[status] ?? 0) + 1
    }
  }))
  return { latencies, faults, ms: performance.now() - start }
}

const warm = once ? 0 : (await fire(warmSeconds * 1000)).latencies.length
const { latencies, faults, ms } = await fire(seconds * 1000)
agent.destroy()
process.stdout.write(JSON.stringify({
  perSecond: (latencies.length * 1000) / ms, p50: percentile(latencies, 0.5), p95: percentile(latencies, 0.95), all: warm + latencies.length, faults,
}))
