import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { root } from '../../platform/root.ts'

export type Shot = { path: string; method?: string; headers?: Record<string, string>; body?: string; expect?: number }
export type Plan = { address: string; connections: number; seconds: number; warmSeconds: number; once: boolean; requests: Shot[] }
/**
 * Milliseconds; `all` are the requests sent with those that warmed up, `faults` the answers that were not expected, by
 * status or error. `cpu` is what one request took of the service's processor time: it hangs least on what else runs.
 * `inside` is the time that the service itself was busy with it, which leaves out the client and the way to it.
 */
export type Figure = { perSecond: number; p50: number; p95: number; all: number; faults: Record<string, number>; cpu?: number; inside?: { p50: number; p95: number } }

/** Sends a plan's requests from another process, in their order and round again. */
export async function measure(plan: Plan): Promise<Figure> {
  const child = spawn(process.execPath, [root('dist/src/cli/bench/load-client.js')], { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(JSON.stringify(plan))
  return JSON.parse(await text(child.stdout)) as Figure
}
