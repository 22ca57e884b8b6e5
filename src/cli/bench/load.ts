import { spawn } from 'node:child_process'
import { root } from '../../platform/root.ts'

export type LoadRequest = { path: string; method?: string; headers?: Record<string, string>; body?: string; expect?: number }
export type Figure = { name: string; perSecond: number; p50: number; p975: number; faults: number }

type Autocannon = { requests: { average: number }; latency: { p50: number; p97_5: number }; errors: number; statusCodeStats: Record<string, { count: number }> }

/** Loads one address from another process with 10 connections. `faults` counts errors and other statuses than expected. */
export async function measure(name: string, address: string, request: LoadRequest, seconds: number): Promise<Figure> {
  const args = ['--json', '--no-progress', '-c', '10', '-d', String(seconds), '-m', request.method ?? 'GET']
  for (const [key, value] of Object.entries(request.headers ?? {})) args.push('-H', `${key}=${value}`)
  if (request.body) args.push('-b', request.body)
  const child = spawn(process.execPath, [root('node_modules/autocannon/autocannon.js'), ...args, `${address}${request.path}`], { stdio: ['ignore', 'pipe', 'ignore'] })
  let out = ''
  for await (const chunk of child.stdout) out += String(chunk)
  const { requests, latency, errors, statusCodeStats } = JSON.parse(out) as Autocannon
  const wanted = String(request.expect ?? 200)
  const others = Object.entries(statusCodeStats).reduce((sum, [status, { count }]) => sum + (status === wanted ? 0 : count), 0)
  return { name, perSecond: requests.average, p50: latency.p50, p975: latency.p97_5, faults: errors + others }
}
